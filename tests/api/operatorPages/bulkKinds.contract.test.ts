import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { csrfIn, linkFor, Visitor } from '../support/visitor.js';

const order = exampleOrder('plain');
const REQUEST = '3f2b8c1e-7d64-4b1e-9a55-0c1d2e3f4a5b';

let server: TestServer;
let visitor: Visitor;

/** Pages over one running migration, as of Tue 10 Nov 2026, and somebody who is signed in. */
beforeEach(async () => {
  const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
  server = await startTestServer();
  server.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
  visitor = await new Visitor(server.app).signIn('Ann Bell');
});
afterEach(() => server.app.close());

async function send(where: string, fields: Record<string, string>): ReturnType<Visitor['post']> {
  const csrf = csrfIn((await visitor.get('/operator/bulk/move')).html);
  return visitor.post(`/operator/bulk/${where}`, { csrf, request: REQUEST, ...fields });
}

const said = (what: string) => server.migrations.said.filter((each) => each.what === what);

describe.each([
  ['done', 'practice,milestone,date\nZ98001,third-party-compatibility,2026-11-09\n', {}, 'done', 'would be recorded'],
  ['cancel', 'practice\nZ98001\n', { reason: 'They merge first' }, 'cancel', 'would be called off'],
  ['adopt', 'practice\nZ98001\n', { reason: 'May', what: 'calendar', accept: 'yes' }, 'redate', 'would adopt'],
])('%s by a list', (kind, list, fields, what, would) => {
  it('is looked at first, then done once, however often the form is sent', async () => {
    const looked = await send(`${kind}/look`, { list, ...fields });
    expect(looked.status).toBe(200);
    expect(looked.html).toContain(would);
    expect(said(what)).toEqual([]);
    const first = await send(kind, { list, ...fields });
    const again = await send(kind, { list, ...fields });
    expect([first.status, again.location]).toEqual([303, first.location]);
    expect(said(what)).toHaveLength(1);
    expect((await visitor.get(first.location ?? '')).html).toContain('1 of 1');
  });

  it('names what is wrong beside its line, and begins nothing', async () => {
    const { status, html } = await send(kind, { list: `${list}<b>x</b>,,\n`, ...fields });
    expect(status).toBe(400);
    expect(html).toContain('What is wrong, line by line');
    expect(html).toContain('&lt;b&gt;x&lt;/b&gt;');
    expect(server.migrations.said).toEqual([]);
  });
});

describe('the list of whom an adoption concerns', () => {
  it('can be filled in with every running practice', async () => {
    const { html } = await visitor.get('/operator/bulk/adopt?fill=running');
    expect(html).toMatch(/<textarea[^>]*>\s*practice\s*<\/textarea>/);
  });
});

describe('migrations from a tracker', () => {
  let tracker: string;
  let template: string;
  beforeAll(async () => {
    [tracker, template] = (await Promise.all(
      ['tracker.csv', 'template.yaml'].map((name) => readFile(`examples/tracker/${name}`, 'utf8')),
    )) as [string, string];
  });
  beforeEach(async () => {
    await server.app.close();
    server = await startTestServer();
    server.migrations.planFrom({ kind: 'absent', state: 'unknown', detail: 'none' });
    visitor = await new Visitor(server.app).signIn('Ann Bell');
  });
  const AS_OF = { 'as-of': '2026-11-23' };

  it('are planned first, then started, one for each line', async () => {
    const looked = await send('start/look', { list: tracker, template, ...AS_OF });
    expect(looked.html).toMatch(/<strong>(\d+) of \1<\/strong> would start/);
    expect(server.migrations.started).toEqual([]);
    const started = await send('start', { list: tracker, template, ...AS_OF });
    expect(started.status).toBe(303);
    const [, lines = ''] = /<strong>(\d+) of/.exec(looked.html) ?? [];
    expect(server.migrations.started).toHaveLength(Number(lines));
  });

  it('are none where a line, the template or the day is wrong, and each is told where', async () => {
    const wrongLine = await send('start', { list: tracker.replace('18/02/2027', '30/02/2027'), template, ...AS_OF });
    expect([wrongLine.status, wrongLine.html.includes('30/02/2027')]).toEqual([400, true]);
    const noTemplate = await send('start', { list: tracker, template: '' });
    expect(noTemplate.html).toContain('there is no template');
    const brokenTemplate = await send('start', { list: tracker, template: 'csu: [', ...AS_OF });
    expect([brokenTemplate.status, brokenTemplate.html.includes('template:')]).toEqual([400, true]);
    const wrongDay = await send('start', { list: tracker, template, 'as-of': 'tomorrow' });
    expect([wrongDay.status, wrongDay.html.includes('asOf')]).toEqual([400, true]);
    expect(server.migrations.started).toEqual([]);
  });
});

describe('the forms, in a browser as narrow as a telephone', () => {
  let browser: Browser;
  beforeAll(async () => (browser = await startBrowser()));
  afterAll(() => browser.close());

  it('have no barrier', async () => {
    const home = await server.app.listen({ host: '127.0.0.1', port: 0 });
    const page = await narrowPage(browser);
    const { pathname } = new URL(await linkFor(server.app));
    await page.goto(`${home}${pathname}`);
    await page.getByRole('button', { name: /sign in/i }).click();
    for (const kind of ['done', 'start', 'adopt', 'cancel']) {
      await page.goto(`${home}/operator/bulk/${kind}`);
      expect({ kind, barriers: await barriersOn(page) }).toEqual({ kind, barriers: [] });
      expect({ kind, sideways: await scrollsSideways(page) }).toEqual({ kind, sideways: false });
    }
  });
});
