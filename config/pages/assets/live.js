// Keeps a page as it is now. Without it the page is as it was when it was loaded, and nothing else is missing.
(() => {
  const box = document.getElementById('live');
  if (!box || !('EventSource' in window)) return;
  const TRY_AGAIN_MS = 5000;
  let shown = box.dataset.version;
  let fetching = false;
  let lost = false;

  const say = (text, link) => {
    box.textContent = text;
    box.hidden = text === '';
    if (!link) return;
    const anchor = document.createElement('a');
    anchor.href = link.href;
    anchor.textContent = link.text;
    box.append(' ', anchor);
  };
  const main = () => document.getElementById('maincontent');
  const shownNow = { href: location.href, text: 'Show it as it is now' };

  // Somebody who is typing, or stands on a button, must not have it taken away.
  const isBusy = () => {
    const inForm = main().contains(document.activeElement) && document.activeElement.closest('form, details');
    const typed = [
      ...main().querySelectorAll('form[method="post"] input:not([type="hidden"]), form[method="post"] textarea'),
    ];
    return (
      Boolean(inForm) ||
      typed.some((field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked)
    );
  };

  const replace = (text) => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const from = next.getElementById('maincontent');
    if (!from) return;
    const { activeElement } = document;
    const focused = main().contains(activeElement) ? activeElement.getAttribute('href') : null;
    const opened = [...main().querySelectorAll('details')].map((each) => each.open);
    main().replaceChildren(...from.childNodes);
    document.title = next.title;
    main()
      .querySelectorAll('details')
      .forEach((each, index) => (each.open = opened[index] ?? each.open));
    if (focused)
      main()
        .querySelector(`a[href="${CSS.escape(focused)}"]`)
        ?.focus({ preventScroll: true });
    shown = next.getElementById('live')?.dataset.version ?? shown;
    say(`As of ${new Date().toLocaleTimeString('en-GB')}.`);
  };

  const refresh = async () => {
    if (fetching) return;
    if (isBusy()) {
      say('This has changed since the page was loaded. What you have typed stays until you look.', shownNow);
      return;
    }
    fetching = true;
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (new URL(answer.url).pathname.startsWith('/sign-in')) signedOut();
      else if (answer.ok) replace(await answer.text());
    } catch {
      lost = true;
    } finally {
      fetching = false;
    }
  };

  const signedOut = () => say('You have been signed out.', { href: location.href, text: 'Sign in again' });

  let source;

  const listen = () => {
    source = new EventSource(box.dataset.live);
    source.addEventListener('version', ({ data }) => {
      if (lost) say('leadtime can be reached again.');
      lost = false;
      if (JSON.parse(data).version !== shown) void refresh();
    });
    source.addEventListener('away', () => {
      lost = true;
      say('The register cannot be read at the moment. What you see may be old.');
    });
    source.addEventListener('gone', () => say('This is not there any more.'));
    source.addEventListener('error', () => {
      lost = true;
      say('leadtime cannot be reached at the moment. What you see may be old; it is tried again by itself.');
      if (source.readyState === EventSource.CLOSED) setTimeout(() => void listenAgain(), TRY_AGAIN_MS);
    });
  };

  // The browser has given up: nobody is signed in any more, or something on the way said no.
  const listenAgain = async () => {
    if (document.hidden) return;
    const answer = await fetch(location.href, { cache: 'no-store' }).catch(() => undefined);
    if (answer && new URL(answer.url).pathname.startsWith('/sign-in')) signedOut();
    else listen();
  };

  // A browser keeps six connections to one address: tabs that nobody sees must not use them up.
  document.addEventListener('visibilitychange', () => {
    source?.close();
    if (!document.hidden) listen();
  });
  addEventListener('pagehide', () => source?.close());
  // A page that comes back from the browser's memory is loaded anew.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  if (!document.hidden) listen();
})();
