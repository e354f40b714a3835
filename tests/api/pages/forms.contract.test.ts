import { afterEach, describe, expect, it } from 'vitest';
import type { MigrationEvent, Rejection } from '../../../rules/migration/events.js';
import { milestoneState } from '../../../rules/migration/lookup.js';
import { exampleStory, PageServer, type Shown } from '../support/pages.js';

let server: PageServer;
afterEach(async () => server.close());
const serve = async (...args: Parameters<typeof PageServer.start>): Promise<PageServer> =>
  (server = await PageServer.start(...args));

const POSTERS = '/tasks/posters.main';
const RETURNED = '/tasks/extract.initial.alder.core.1.formReturned';
const AT_PRACTICE = '/tasks/extract.initial.alder.core.1.formAtPractice';
const SCHEDULED = '/tasks/extract.initial.alder.core.1.scheduled';
const name = 'Priya Nayar';
const date = (day: string, month: string, year: string) => ({ day, month, year });

/** Where a form led. */
const location = ({ headers }: Shown): string => String(headers['location']).slice(server.base.length);
const statusOf = (id: string): string => milestoneState(server.pages.state(), id).status;
const taken = (): (MigrationEvent['type'] | undefined)[] => server.pages.taken.map(({ type }) => type);

/** The errors of the summary, each with the field that it leads to. */
const errorsIn = ({ html }: Shown): [string, string][] => {
  const [, list = ''] = /nhsuk-error-summary__list">([^]*?)<\/ul>/.exec(html) ?? [];
  return [...list.matchAll(/href="([^"]+)">([^<]+)</g)].map(([, where = '', text = '']) => [where, text]);
};

describe('a confirmed form', () => {
  it('says that a task is done, by name, and leads to a page that says thank you', async () => {
    await serve(exampleStory());
    const answer = await server.fillIn(POSTERS, { name });
    expect([answer.status, location(answer)]).toEqual([303, '/confirmed/done?task=posters.main']);
    const report = { milestoneId: 'posters.main', by: 'Priya Nayar (practice)' };
    expect(server.pages.taken).toMatchObject([{ type: 'milestoneDone', report }]);
    expect(statusOf('posters.main')).toBe('done');
    const thanks = await server.get(location(answer));
    expect(thanks.html).toContain('“Put up posters for patients at Millbrook Lane” is recorded as done.');
  });

  it('says that the form has come, which settles what came before it', async () => {
    await serve(exampleStory());
    expect((await server.fillIn(AT_PRACTICE, { name })).status).toBe(303);
    expect(statusOf('extract.initial.alder.core.1.formAtPractice')).toBe('done');
  });

  it.each([
    ['practiceManager', RETURNED, 'Priya Nayar (practice)'],
    ['alder.contact', SCHEDULED, 'Priya Nayar (Alder Clinical Systems)'],
  ])('of %s for the day of the plan is done', async (role, where, by) => {
    await serve(exampleStory(), role);
    const answer = await server.fillIn(where, { name, ...date(' 7', '01', '2027') });
    expect(location(answer)).toMatch(/^\/confirmed\/done/);
    expect(server.pages.taken).toMatchObject([{ report: { by, forDate: '2027-01-07' } }]);
  });

  it('for another day than the plan’s is noted, told to the CSU, and called what it is', async () => {
    await serve(exampleStory());
    const answer = await server.fillIn(RETURNED, { name, ...date('14', '1', '2027') });
    expect(location(answer)).toMatch(/^\/confirmed\/mismatch/);
    expect(server.pages.state().pending.map(({ kind, audience }) => [kind, audience])).toEqual([
      ['mismatch', 'practice'],
      ['mismatch', 'operator'],
    ]);
    const { html } = await server.get(location(answer));
    expect(html).toContain('This is not the day in our plan');
    expect(html).toContain('Our plan has Thursday 7 January 2027.');
    expect(statusOf('extract.initial.alder.core.1.formReturned')).toBe('open');
  });

  it('confirms a notice as the third party’s own word', async () => {
    await serve(exampleStory('2026-12-24'), 'eps.contact');
    const answer = await server.fillIn('/tasks/notify.eps', { name });
    expect(location(answer)).toBe('/confirmed/acknowledged?task=notify.eps');
    const [event] = server.pages.taken;
    expect(event).toMatchObject({
      event: {
        type: 'notice.acknowledged',
        supplierId: 'eps',
        recordedBy: expect.stringMatching(/^Priya Nayar \(.+\)$/) as string,
        webhookId: expect.stringMatching(/^page:[0-9a-f-]{36}$/) as string,
      },
    });
    expect(milestoneState(server.pages.state(), 'notify.eps').acknowledgedOn).toBe('2026-12-24');
    expect((await server.get()).html).not.toContain('Confirm that you have this notice');
  });

  it('reports the numbers that were filled in, and no others', async () => {
    await serve(exampleStory());
    const answer = await server.fillIn('/counts', { name, 'count-duplicates': '1,204', 'count-orphaned': '0' });
    expect(location(answer)).toBe('/confirmed/counts');
    expect(server.pages.taken).toMatchObject([
      { type: 'countsReported', report: { values: { duplicates: 1204, orphaned: 0 }, by: 'Priya Nayar (practice)' } },
    ]);
    expect((await server.get()).html).toContain('1204 on Thursday 22 October 2026');
  });

  it('asks for help in the reader’s own words, on one line', async () => {
    await serve(exampleStory());
    const answer = await server.fillIn('/help?task=posters.main', {
      name,
      task: 'posters.main',
      text: 'Where do I get\r\nthe posters?',
    });
    expect(location(answer)).toBe('/confirmed/help?task=posters.main');
    const request = { milestoneId: 'posters.main', text: 'Where do I get the posters?', by: 'Priya Nayar (practice)' };
    expect(server.pages.taken).toMatchObject([{ type: 'helpAsked', request }]);
  });
});

describe('a form that is sent twice', () => {
  it.each([
    [POSTERS, {}],
    [RETURNED, date('14', '1', '2027')],
    ['/counts', { 'count-duplicates': '3' }],
    ['/help', { task: 'posters.main', text: 'Please ring me.' }],
  ])('has one effect and the same answer: %s', async (where, fields) => {
    await serve(exampleStory());
    const request = await server.requestId(where);
    const clicks = await Promise.all([1, 2, 3].map(() => server.post(where, { request, name, ...fields })));
    const later = await server.post(where, { request, name, ...fields });
    expect(new Set([...clicks, later].map(({ status }) => status))).toEqual(new Set([303]));
    expect(new Set([...clicks, later].map(location)).size).toBe(1);
    expect(taken()).toHaveLength(1);
  });

  it('says something new when the reader has gone back and typed something else', async () => {
    await serve(exampleStory());
    const request = await server.requestId(RETURNED);
    const answers = [];
    for (const day of ['14', '7'])
      answers.push(await server.post(RETURNED, { request, name, ...date(day, '1', '2027') }));
    expect(answers.map(location)).toEqual([
      expect.stringMatching(/^\/confirmed\/mismatch/),
      expect.stringMatching(/^\/confirmed\/done/),
    ]);
    const texts = ['Where are they?', 'Where are the posters?', 'Where are the posters?'];
    for (const text of texts) await server.post('/help', { request, name, task: 'posters.main', text });
    expect(taken()).toEqual(['milestoneDone', 'milestoneDone', 'helpAsked', 'helpAsked']);
  });

  it('has one effect also when it confirms a notice', async () => {
    await serve(exampleStory('2026-12-24'), 'eps.contact');
    const request = await server.requestId('/tasks/notify.eps');
    const clicks = [1, 2].map(() => server.post('/tasks/notify.eps', { request, name }));
    expect((await Promise.all(clicks)).map(location)).toEqual(Array(2).fill('/confirmed/acknowledged?task=notify.eps'));
    expect(taken()).toEqual(['supplierEventReceived']);
  });
});

describe('two people at once', () => {
  it('are told who was first, on which day', async () => {
    await serve(exampleStory());
    const [first, second] = [await server.requestId(POSTERS), await server.requestId(POSTERS)];
    const answers = await Promise.all([
      server.post(POSTERS, { request: first, name }),
      server.post(POSTERS, { request: second, name: 'Owen Pryce' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 409]);
    const [, late] = answers;
    expect(late.html).toContain('was recorded as done by Priya Nayar (practice) on Thursday 22 October 2026.');
    expect(taken()).toEqual(['milestoneDone']);
  });

  it('see the same when one comes late, also without a name', async () => {
    await serve(exampleStory());
    const request = await server.requestId(POSTERS);
    await server.fillIn(POSTERS, { name });
    const late = await server.post(POSTERS, { request });
    expect([late.status, late.html.includes('by Priya Nayar (practice)')]).toEqual([409, true]);
    const { status, html } = await server.get(POSTERS);
    expect([status, html.includes('This is already done'), html.includes('<form')]).toEqual([200, true, false]);
  });
});

describe('a form that is filled in wrongly', () => {
  it.each([
    [POSTERS, { name: '  ' }, ['#name', 'Enter your name']],
    [POSTERS, { name: 'a\u0000b' }, ['#name', 'Your name holds a character that cannot be shown']],
    [POSTERS, { name: 'a\u202eb' }, ['#name', 'Your name holds a character that cannot be shown']],
    [POSTERS, { name: 'Ann 943 476 5919' }, ['#name', expect.stringContaining('must not include an NHS number')]],
    [RETURNED, { name }, ['#day', 'Enter the day']],
    [RETURNED, { name, day: '7' }, ['#month', 'The date must include a month and a year']],
    [RETURNED, { name, ...date('29', '2', '2027') }, ['#day', 'The date must be a real date, like 31 3 2028']],
    [RETURNED, { name, ...date('7', '1', '27') }, ['#year', 'Year must include 4 numbers, like 2028']],
    [RETURNED, { name, ...date('7', 'January', '2027') }, ['#day', 'The date must be a real date, like 31 3 2028']],
    ['/counts', { name }, ['#count-duplicates', 'Enter at least one number']],
    [
      '/counts',
      { name, 'count-orphaned': '-1' },
      ['#count-orphaned', expect.stringContaining('must be a whole number')],
    ],
    ['/counts', { name, 'count-orphaned': '1e9' }, ['#count-orphaned', expect.stringContaining('a whole number')]],
    ['/counts', { name, 'count-orphaned': '99999999999' }, ['#count-orphaned', expect.stringContaining('whole')]],
    ['/help', { name, text: 'x' }, ['#task', 'Choose what you need help with']],
    ['/help', { name, task: 'anchor.goLive', text: 'x' }, ['#task', 'Choose what you need help with']],
    ['/help', { name, task: 'posters.main' }, ['#text', 'Write what you need help with']],
    [
      '/help',
      { name, task: 'posters.main', text: 'x'.repeat(501) },
      ['#text', expect.stringContaining('500 characters')],
    ],
    [
      '/help',
      { name, task: 'posters.main', text: 'It is about 9434765919.' },
      ['#text', expect.stringContaining('must not include an NHS number')],
    ],
  ])('is shown again with what is wrong, at the field: %s %j', async (where, fields, error) => {
    await serve(exampleStory());
    const answer = await server.fillIn(where, fields);
    expect(answer.status).toBe(400);
    expect(answer.html).toMatch(/<title>Error: /);
    expect(errorsIn(answer)).toEqual([error]);
    expect(answer.html).toContain(
      `id="${errorsIn(answer)
        .map(([field]) => field.slice(1))
        .join()}"`,
    );
    expect(taken()).toEqual([]);
  });

  it('keeps what was typed, and the id, so that it can be sent again', async () => {
    await serve(exampleStory());
    const request = await server.requestId('/help');
    const { html } = await server.post('/help', { request, name: '', task: 'posters.main', text: 'Please <ring> me' });
    expect(html).toContain('>Please &lt;ring&gt; me</textarea>');
    expect(html).toContain('<option value="posters.main" selected>');
    expect(html).toContain(`name="request" value="${request}"`);
    const date = await server.fillIn(RETURNED, { name, day: '30', month: '2', year: '2027' });
    for (const value of ['30', '2', '2027', name]) expect(date.html).toContain(`value="${value}"`);
  });

  it('is refused when it was not made here', async () => {
    await serve(exampleStory());
    for (const request of [undefined, 'abc', 'x'.repeat(36)]) {
      const answer = await server.post(POSTERS, { name, ...(request !== undefined && { request }) });
      expect([answer.status, answer.html.includes('This form cannot be read')]).toEqual([400, true]);
    }
    expect(taken()).toEqual([]);
  });

  it.each(['application/json', 'multipart/form-data; boundary=x', 'text/plain'])('is refused as %s', async (type) => {
    await serve(exampleStory());
    const answer = await server.post(POSTERS, { name }, { 'content-type': type });
    expect([answer.status, answer.html.includes('This form cannot be read')]).toEqual([415, true]);
  });

  it('is refused when it is far too large, with a page', async () => {
    await serve(exampleStory());
    const answer = await server.post('/help', { name, text: 'x'.repeat(100_000) });
    expect([answer.status, answer.html.includes('This is too much text')]).toEqual([413, true]);
    expect(answer.headers['content-type']).toContain('text/html');
  });
});

describe('what is not the reader’s to answer', () => {
  it.each([
    ['practiceManager', 'notify.eps'],
    ['practiceManager', 'anchor.goLive'],
    ['practiceManager', 'extract.initial.alder.core.1.scheduled'],
    ['alder.contact', 'posters.main'],
    ['alder.contact', 'notify.eps'],
    ['eps.contact', 'extract.initial.alder.core.1.scheduled'],
    ['practiceManager', 'no-such-milestone'],
    ['practiceManager', '__proto__'],
  ])('cannot be answered: %s, %s', async (role, milestone) => {
    await serve(exampleStory('2026-12-24'), role);
    const request = '00000000-0000-4000-8000-000000000000';
    const answer = await server.post(`/tasks/${milestone}`, { request, name, ...date('7', '1', '2027') });
    expect([answer.status, answer.html.includes('This is not on your page')]).toEqual([404, true]);
    expect(taken()).toEqual([]);
  });
});

describe('a refusal by the migration', () => {
  const refusals: [Rejection, string, string][] = [
    [{ type: 'CountsNotZero', message: '"x" is not done', choices: [] }, `/counts`, 'Report the new numbers first'],
    [{ type: 'Blocked', message: 'First.', choices: ['posters.main'] }, '#name', 'Put up posters for patients'],
    [{ type: 'DateNeeded', message: '2028-01-01 is still to come.', choices: [] }, '#day', 'is still to come'],
    [{ type: 'OutcomeNeeded', message: 'Say which.', choices: [] }, '#name', 'migrations@wealdcsu.example'],
  ];

  it.each(refusals)('is shown as an error, with what was typed kept: %j', async (rejection, where, words) => {
    await serve(exampleStory());
    server.pages.migrations.done = async () => ({ kind: 'rejected', rejection });
    const answer = await server.fillIn(RETURNED, { name, ...date('7', '1', '2027') });
    expect(answer.status).toBe(422);
    const [[href, text] = ['', '']] = errorsIn(answer);
    expect(href.replace(server.base, '')).toBe(where);
    expect(text).toContain(words);
    expect(answer.html).toContain(`value="${name}"`);
  });
});

describe('while Temporal is away', () => {
  it('a form keeps what was typed and takes effect once it is back, once', async () => {
    await serve(exampleStory());
    const request = await server.requestId('/help');
    const fields = { request, name, task: 'posters.main', text: 'Where are "they"?' };
    server.pages.goAway(true);
    const away = await server.post('/help', fields);
    expect([away.status, away.headers['retry-after']]).toEqual([503, '30']);
    const kept = [...away.html.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, field, value]) => [
      field,
      value?.replaceAll('&quot;', '"'),
    ]);
    expect(Object.fromEntries(kept)).toEqual(fields);
    expect(away.html).toContain(`action="${server.base}/help"`);
    server.pages.goAway(false);
    const back = await server.post('/help', Object.fromEntries(kept) as Record<string, string>);
    await server.post('/help', fields);
    expect(location(back)).toBe('/confirmed/help?task=posters.main');
    expect(taken()).toEqual(['helpAsked']);
  });

  it('the page says when to come back', async () => {
    await serve(exampleStory());
    server.pages.goAway(true);
    const { status, headers, html } = await server.get();
    expect([status, headers['retry-after']]).toEqual([503, '30']);
    expect(html).toContain('Nothing is lost');
  });

  it('a fault of ours is a page without its reasons', async () => {
    await serve(exampleStory());
    server.pages.migrations.page = async () => {
      throw new Error('secret reasons');
    };
    const { status, html } = await server.get();
    expect([status, html.includes('secret reasons'), html.includes('Something went wrong on our side')]).toEqual([
      500,
      false,
      true,
    ]);
  });
});
