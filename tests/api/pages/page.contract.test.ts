import { afterEach, describe, expect, it } from 'vitest';
import { addDays, formatDay } from '../../../rules/calendar/day.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { exampleStory, PageServer } from '../support/pages.js';

let server: PageServer;
afterEach(async () => server.close());
const serve = async (...args: Parameters<typeof PageServer.start>): Promise<PageServer> =>
  (server = await PageServer.start(...args));
/** Another one in its place. */
const again = async (...args: Parameters<typeof PageServer.start>): Promise<PageServer> => {
  await server.close();
  return serve(...args);
};

const textOf = (html: string): string =>
  html
    .replace(/<head>[^]*<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** Every address of ours that a page leads to. */
const leadsTo = (html: string): string[] =>
  [...html.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, where = '']) => where);

describe('the page of a practice', () => {
  it('says what is due now, by when, what happens if late, what waits, the days and the CSU', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    const { status, html } = await get();
    const text = textOf(html);
    expect(status).toBe(200);
    for (const part of [
      'What is due from Millbrook Lane Surgery',
      'The first was due Wednesday 28 October 2026.',
      'Put up posters for patients at Millbrook Lane 1 working day late',
      'Because it is late The Final data production day, Thursday 28 January 2027, can no longer be met',
      'Waiting for something else first',
      'Waits for: Alder Clinical Systems sends the practice its request form',
      'On its way to you',
      'Initial data production day Thursday 7 January 2027',
      'Email: migrations@wealdcsu.example Telephone: 01632 960200',
      'REHEARSAL.',
    ])
      expect(text).toContain(part);
    expect(text).not.toMatch(/undefined|\[object|NaN|\{\{|null/);
  });

  it('says from when to when something lasts, never that it is due or late, and that nothing is owed when it ends', async () => {
    const { get } = bound(await serve(exampleStory('2027-01-20')));
    const before = await get('/tasks/no-new-registrations');
    expect(before.html).toContain(
      'from Tuesday 26 January 2027 to Tuesday 2 February 2027. Nothing is owed when it ends.',
    );
    expect(before.html).toContain('it ends by itself');
    expect(before.html).not.toMatch(/>Due<|>If it is late</);
    const during = bound(await again(exampleStory('2027-01-27')));
    expect((await during.get('/tasks/no-new-registrations')).html).toContain('until Tuesday 2 February 2027. Nothing');
    expect((await during.get()).html).toContain('until Tuesday 2 February 2027. Nothing');
  });

  it('calls nothing due that comes by itself, as the end of an access', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    const { html } = await get('/tasks/old-system-read-only-ends');
    expect(textOf(html)).toMatch(/When on (Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ 2027 /);
    expect(html).not.toMatch(/>Due<|>If it is late<|Nothing is owed/);
    expect(html).toContain('it comes with its day');
  });

  it('says on the first page that a form has another day than the plan', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    await server.fillIn('/tasks/extract.initial.alder.core.1.formReturned', {
      name: 'Priya',
      day: '14',
      month: '1',
      year: '2027',
    });
    const text = textOf((await get('')).html);
    expect(text).toContain('This has another day than our plan: Thursday 14 January 2027');
    expect(text).not.toContain('Nothing needs you today');
  });

  it('shows the other day that was given for a form, until the two agree', async () => {
    const story = exampleStory('2026-12-20');
    const { get } = bound(await serve(story));
    const form = '/tasks/extract.initial.alder.core.1.formReturned';
    expect((await get(form)).html).not.toContain('Day given so far');
    await server.fillIn(form, { name: 'Priya', day: '14', month: '1', year: '2027' });
    expect((await get(form)).html).toContain('Thursday 14 January 2027, which is not the day in our plan');
    await server.fillIn(form, { name: 'Priya', day: '7', month: '1', year: '2027' });
    expect((await get(form)).html).not.toContain('Day given so far');
  });

  it('leads from what asks for numbers every week to the form for them', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    const { html } = await get('/tasks/clean-up-counts');
    expect(html).toMatch(/<a href="[^"]+\/counts">Report new numbers<\/a>/);
    expect(html).toContain('until Thursday 28 January 2027');
  });

  it('says today and tomorrow, with the day', async () => {
    const due = exampleStory('2026-12-16').state.plan.milestones.find(({ id }) => id === 'posters.main')?.dueOn ?? '';
    const { get } = bound(await serve(exampleStory(addDays(due, -1))));
    expect((await get('/tasks/posters.main')).html).toContain(`tomorrow, ${formatDay(due)}`);
    const onTheDay = bound(await again(exampleStory(due)));
    expect((await onTheDay.get('/tasks/posters.main')).html).toContain(`today, ${formatDay(due)}`);
  });

  it('says who has taken on what is late, and that it still has to be done', async () => {
    const story = exampleStory('2026-12-23');
    expect(story.acknowledges('website-and-online-message')).toBeUndefined();
    const { get } = bound(await serve(story));
    for (const where of ['', '/tasks/website-and-online-message']) {
      const { html } = await get(where);
      expect(html).toContain('Tom Ashdown, on Wednesday 23 December 2026. You get no more reminders of it');
      expect(html).toContain('working days late');
    }
  });

  it('says since when the migration is on hold', async () => {
    const story = exampleStory('2026-11-23');
    story.happens({ type: 'held', atMs: story.nowMs, by: 'Helen Marsh', reason: 'a merger' });
    const { get } = bound(await serve(story));
    const text = textOf((await get()).html);
    expect(text).toContain('on hold since Monday 23 November 2026');
    expect(text).not.toContain('merger');
  });

  it('says when nothing is due, and what comes next', async () => {
    const { get } = bound(await serve(exampleStory('2026-10-20')));
    const { html } = await get();
    expect(textOf(html)).toMatch(/Nothing needs you today\. The next thing is due \w+ \d|things? needs? you now/);
  });

  it('moves what is done to the done, with who did it', async () => {
    const told = exampleStory();
    told.done('website-and-online-message', { by: 'Priya Nayar' });
    const { get } = bound(await serve(told));
    const { html } = await get();
    expect(textOf(html.slice(html.indexOf('>Done<')))).toContain(
      'Change your website and online message: Thursday 22 October 2026, Priya Nayar',
    );
  });

  it('is semantic HTML: its language, one first heading, a name for each field and each link', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    const pages = ['', '/tasks/posters.main', '/tasks/extract.initial.alder.core.1.formReturned', '/counts', '/help'];
    for (const where of pages) {
      const { html } = await get(where);
      expect(html, where).toMatch(/^<!doctype html>\s*<html lang="en-GB">[^]*<title>[^<]+ – leadtime<\/title>/);
      expect(html.match(/<h1/g), where).toHaveLength(1);
      expect(html.match(/<main/g), where).toHaveLength(1);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size, where).toBe(ids.length);
      const fields = [...html.matchAll(/<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"/g)];
      for (const [, id = ''] of fields) expect(html, where).toContain(`for="${id}"`);
      expect(html, where).not.toMatch(/<a[^>]*>\s*<\/a>/);
    }
  });

  it('has no script and no style of its own, and fetches nothing from elsewhere', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20')));
    for (const where of ['', '/tasks/posters.main', '/counts', '/help', '/confirmed/done', '/nowhere']) {
      const { html, headers } = await get(where);
      expect(html, where).not.toMatch(/<script|<style| style=|javascript:|\son[a-z]+=|https?:\/\//i);
      expect(headers['content-security-policy'], where).toMatch(/^default-src 'none'; style-src 'self';/);
      expect(headers['content-security-policy'], where).not.toContain('unsafe');
    }
  });

  it('is kept by nobody, indexed by nobody, and tells nobody its address', async () => {
    const { get } = bound(await serve(exampleStory()));
    for (const where of ['', '/help', '/nowhere', '/p/not-a-link']) {
      const { headers } = await get(where);
      expect(headers, where).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow, noarchive',
      });
      expect(headers).not.toHaveProperty('set-cookie');
    }
  });
});

describe('what serves the pages', () => {
  it('has the design system without its font and without the mark of the NHS', async () => {
    const { get } = bound(await serve(exampleStory()));
    const { html } = await get();
    const assets = leadsTo(html).filter((where) => where.startsWith('/assets/'));
    expect(new Set(assets)).toEqual(new Set(['/assets/nhsuk.css', '/assets/pages.css', '/assets/mark.svg']));
    for (const asset of new Set(assets)) {
      const shown = await server.asset(asset);
      expect(shown.status, asset).toBe(200);
      expect(shown.html, asset).not.toMatch(/@font-face|url\(["']?https?:/);
    }
    for (const asset of ['/assets/', '/assets/../parts.njk', '/assets/%2e%2e/parts.njk', '/assets/images/favicon.svg'])
      expect((await server.asset(asset)).status, asset).toBeGreaterThanOrEqual(400);
  });
});

describe('a mail scanner that opens everything it finds', () => {
  it.each(['GET', 'HEAD'] as const)('changes nothing, with %s', async (method) => {
    const { get } = bound(await serve(exampleStory('2026-12-20'), undefined, { limits: { perLink: 10_000 } }));
    const before = structuredClone(server.pages.state());
    const seen = new Set<string>();
    const waiting = [server.base, ...['done', 'mismatch', 'help'].map((what) => `${server.base}/confirmed/${what}`)];
    for (let where = waiting.pop(); where !== undefined; where = waiting.pop()) {
      if (seen.has(where) || !where.startsWith('/p/')) continue;
      seen.add(where);
      const shown = await get(where);
      expect(shown.status, where).toBe(200);
      if (method === 'HEAD') {
        const head = await server.get(where, 'HEAD');
        expect([head.status, head.html], where).toEqual([200, '']);
      }
      waiting.push(...leadsTo(shown.html).map((found) => found.replaceAll('&amp;', '&')));
    }
    expect(seen.size).toBeGreaterThan(20);
    expect(server.pages.taken).toEqual([]);
    expect(server.pages.state()).toEqual(before);
  });
});

describe('the page of a supplier or a third party', () => {
  it('has nothing of the practice’s own, and no numbers', async () => {
    const { get } = bound(await serve(exampleStory('2026-12-20'), 'alder.contact'));
    const text = textOf((await get()).html);
    expect(text).toContain(
      'What is due from Alder Clinical Systems For the migration of Millbrook Lane Surgery (Z98001)',
    );
    expect(text).not.toContain('Put up posters');
    expect(text).not.toContain('Your numbers');
    expect((await get('/counts')).status).toBe(404);
    expect((await get('/tasks/posters.main')).status).toBe(404);
  });

  it('asks for the confirmation of a notice without calling it late', async () => {
    const { get } = bound(await serve(exampleStory('2027-01-15'), 'eps.contact'));
    const { html } = await get();
    expect(html).toContain('Confirm that you have this notice');
    expect(textOf(html)).not.toMatch(/late/);
  });
});

describe('the page of a migration that is over', () => {
  const over = (state: MigrationState, status: MigrationState['status']): MigrationState => ({ ...state, status });

  it.each([
    ['cancelled', 'This migration is cancelled'],
    ['completed', 'This migration has ended'],
  ] as const)('of one that is %s says so, and has no forms', async (status, words) => {
    const { get, post } = bound(await serve(exampleStory()));
    const request = await server.requestId('/help');
    server.pages.change((state) => over(state, status));
    for (const where of ['', '/tasks/posters.main', '/counts', '/help', '/confirmed/done']) {
      const shown = await get(where);
      expect([shown.status, shown.html.includes(words), shown.html.includes('<form')], where).toEqual([
        200,
        true,
        false,
      ]);
    }
    for (const where of ['/tasks/posters.main', '/counts', '/help']) {
      const shown = await post(where, { request, name: 'Priya', text: 'x', 'count-inbox': '1', task: 'posters.main' });
      expect([shown.status, shown.html.includes(words)], where).toEqual([409, true]);
    }
    expect(server.pages.taken).toEqual([]);
  });
});

describe('hostile names', () => {
  const hostile = [
    '<script>alert(1)</script>',
    `"><img src=x onerror=alert(1)> ' onmouseover='x`,
    '\u202eegassem\u202c {{ 1111 * 3 }} {% raw %}',
    'Ω'.repeat(500),
    'مركز صحي',
  ];

  it.each(hostile)('stay text, wherever they are shown: %s', async (name) => {
    const { get, post } = bound(await serve(exampleStory('2026-12-20')));
    server.pages.change((state) => {
      const { directory, plan } = state;
      const milestones = plan.milestones.map((each) => ({ ...each, title: name, action: name, advice: [name] }));
      const csu = { ...directory.csu, name };
      return {
        ...state,
        plan: { ...plan, milestones },
        directory: { ...directory, practice: { ...directory.practice, name }, csu },
      };
    });
    const typed = { name, text: name, day: name, month: name, year: name, 'count-inbox': name, task: name };
    const request = await server.requestId('/help');
    const shown = [
      await get(),
      await get('/tasks/posters.main'),
      await get('/help?task=posters.main'),
      await post('/help', { request, ...typed }),
      await post('/counts', { request, ...typed }),
      await post('/tasks/extract.initial.alder.core.1.formReturned', { request, ...typed }),
    ];
    for (const { html } of shown) {
      const tags = html.replaceAll(/"[^"]*"/g, '""');
      expect(tags).not.toMatch(/<script|<img(?! class="" src="" alt="")|<[^>]*\son\w+=/);
      expect(html).not.toContain('3333');
      expect(html).toMatch(/<\/html>$/);
    }
    for (const { html } of shown.slice(0, 3)) expect(html).not.toMatch(/[\u202a-\u202e]/);
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 200, 400, 400, 400]);
  });

  it('of people are kept as they are where they are names, and come back in the fields', async () => {
    const { html } = await (
      await serve(exampleStory())
    ).fillIn('/tasks/posters.main', { name: 'Zoë <b>"Q"</b>'.repeat(9) });
    expect(html).toContain('value="Zoë &lt;b&gt;&quot;Q&quot;&lt;/b&gt;');
    expect(html).toContain('Your name must be 100 characters or fewer');
    const told = await server.fillIn('/tasks/posters.main', { name: 'Siân O’Neill-مريم' });
    expect(told.status).toBe(303);
    expect(server.pages.taken).toMatchObject([{ report: { by: 'Siân O’Neill-مريم (practice)' } }]);
  });
});

/** The two ways to ask, without the server before each. */
const bound = (of: PageServer) => ({
  get: (where?: string) => of.get(where),
  post: (where: string, fields: Record<string, string>) => of.post(where, fields),
});
