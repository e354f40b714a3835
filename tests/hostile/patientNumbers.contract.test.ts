import { afterEach, describe, expect, it } from 'vitest';
import { exampleStory, PageServer } from '../api/support/pages.js';
import { call, startTestServer, type TestServer } from '../api/support/testServer.js';
import { runApi } from '../cli/support/runningApi.js';
import { runCli } from '../cli/support/runCli.js';

/** The Data Dictionary's own example of an NHS number, as people and programs write it. */
const WRITINGS = [
  'ring 943 476 5919',
  '943-476-5919',
  '9434765919',
  '９４３　４７６　５９１９',
  '943\u200b476\u200b5919',
];

const ID = 'Z90001-20260914-k3v9qa';
const at = (rest: string): string => `/api/migrations/${ID}${rest}`;

/** Every field of the operators' API that takes somebody's own words. */
const fields: [string, string, (text: string) => object][] = [
  ['/by of done', at('/milestones/clean-up/done'), (text) => ({ by: text })],
  ['/reference of done', at('/milestones/clean-up/done'), (text) => ({ by: 'Bo', reference: text })],
  ['/signedBy of done', at('/milestones/clean-up/done'), (text) => ({ by: 'Bo', signedBy: text })],
  ['/by of waive', at('/milestones/clean-up/waive'), (text) => ({ by: text, reason: 'no' })],
  ['/reason of waive', at('/milestones/clean-up/waive'), (text) => ({ by: 'Bo', reason: text })],
  ['/note of acknowledge', at('/milestones/clean-up/acknowledge'), (text) => ({ by: 'Bo', note: text })],
  ['/by of counts', at('/counts'), (text) => ({ values: { inbox: 1 }, by: text })],
  [
    '/reference of decide',
    at('/decisions/reconciliation'),
    (text) => ({ outcome: 'needed', by: 'Bo', reference: text }),
  ],
  ['/title of items', at('/items'), (text) => ({ kind: 'survey', id: 'x', title: text, owner: 'csu', by: 'Bo' })],
  ['/reason of cancel', at('/cancel'), (text) => ({ by: 'Bo', reason: text })],
  [
    '/contact/name of contacts',
    at('/contacts'),
    (text) => ({ target: 'csuManager', contact: { name: text }, by: 'Bo' }),
  ],
  ['/by of events', at('/events'), (text) => ({ supplierId: 'emis', type: 'form.sent', by: text })],
  ['/by of links', at('/links/revoke'), (text) => ({ role: 'practiceManager', by: text })],
];

let server: TestServer | undefined;
let pages: PageServer | undefined;
afterEach(async () => {
  await server?.app.close();
  await pages?.close();
  [server, pages] = [undefined, undefined];
});

describe('the number of a patient', () => {
  it.each(fields)('is refused by the API, and not repeated: %s', async (field, url, body) => {
    server = await startTestServer();
    for (const text of WRITINGS) {
      const answer = await call(server.app, 'POST', url, body(text));
      expect([answer.status, text]).toEqual([400, text]);
      expect(answer.body).toMatchObject({ errors: [{ pointer: field.split(' ')[0] }] });
      expect(JSON.stringify(answer.body)).not.toMatch(/943|９４３/);
    }
    expect(server.migrations.said).toEqual([]);
    const harmless = await call(server.app, 'POST', url, body('ring 943 476 5918'));
    expect(harmless.status).toBe(200);
  });

  it('is refused by every field of a page', async () => {
    pages = await PageServer.start(exampleStory('2026-12-20'));
    for (const text of WRITINGS) {
      const asked = { task: 'posters.main', text: 'Please ring', name: 'Priya' };
      for (const typed of [
        { ...asked, text },
        { ...asked, name: text },
      ]) {
        const shown = await pages.fillIn('/help?task=posters.main', typed);
        expect([shown.status, shown.html.includes('must not include an NHS number')], text).toEqual([400, true]);
      }
      expect((await pages.fillIn('/tasks/posters.main', { name: text })).status).toBe(400);
      expect((await pages.fillIn('/counts', { 'count-inbox': '4', name: text })).status).toBe(400);
      expect((await pages.fillIn('/counts', { 'count-inbox': text, name: 'Priya' })).status).toBe(400);
    }
    expect(pages.pages.taken).toEqual([]);
  });

  it('is refused from the command line, with the field', async () => {
    const api = await runApi();
    const { exitCode, stderr } = await runCli(
      ['waive', ID, 'clean-up', '--reason', 'about 943 476 5919', '--by', 'Bo'],
      api.env,
    );
    await api.app.close();
    expect(exitCode).toBe(2);
    expect(stderr).toContain('reason: this holds an NHS number');
    expect(stderr).not.toContain('943');
    expect(api.migrations.said).toEqual([]);
  });
});
