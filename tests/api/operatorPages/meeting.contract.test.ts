import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleOrder } from '../../support/examples.js';
import { type DeskServer, type DeskSettings, startDeskServer } from '../support/desk.js';
import { linkFor, Visitor } from '../support/visitor.js';

let browser: Browser;
let server: DeskServer;
beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());
afterEach(() => server.app.close());

async function serve(settings: DeskSettings = {}, role = 'operator'): Promise<Visitor> {
  server = await startDeskServer(settings);
  return new Visitor(server.app).signIn('Tom Ashdown', role);
}

/** A browser as narrow as a telephone, signed in, on a page. */
async function opened(where: string) {
  const home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app, 'Tom Ashdown'));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}${where}`);
  return page;
}

describe('the page of a week', () => {
  it('has what is late, due and done, who holds what, and what has changed', async () => {
    const visitor = await serve({
      on: '2026-11-23',
      tell: (story) => void story.adds({ title: 'A label printer <b>for</b> the desk' }),
    });
    const { status, html } = await visitor.get(`${server.base}/week`);
    expect(status).toBe(200);
    for (const words of [
      'Late',
      'Due by Mon 7 Dec 2026',
      'Done since Mon 16 Nov 2026',
      'Who holds what',
      'label printer',
    ])
      expect(html).toContain(words);
    expect(html).not.toContain('<b>for</b>');
  });

  it('is that of another day where one is asked for, and says so of what is no day', async () => {
    const visitor = await serve();
    expect((await visitor.get(`${server.base}/week?on=2026-11-30`)).html).toContain('The week to Mon 30 Nov 2026');
    const { status, html } = await visitor.get(`${server.base}/week?on=%3Cscript%3E`);
    expect(status).toBe(200);
    expect(html).toContain('Enter a real day');
    expect(html).not.toContain('<script>');
  });

  it('has no barrier on a telephone, and is one sheet of A4 without navigation on paper', async () => {
    await serve({ order: exampleOrder('rich'), on: '2027-01-20' });
    const page = await opened(`${server.base}/week`);
    expect(await barriersOn(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    for (const link of ['Portfolio', 'Messages', 'Sign out'])
      expect(await page.getByText(link, { exact: true }).first().isVisible(), link).toBe(false);
    await page.context().close();
  });
});

describe('the ring list', () => {
  it('says whom to ring under which number, and what to say', async () => {
    const visitor = await serve({ on: '2026-12-01' });
    const { html } = await visitor.get('/operator/ring-list');
    for (const words of [
      'Priya Nayar',
      '01632 960101',
      'href="tel:01632960101"',
      'This is Weald Commissioning Support',
    ])
      expect(html).toContain(words);
  });

  it('leaves out what somebody has in hand, and says how much that is', async () => {
    const visitor = await serve({
      on: '2026-12-01',
      tell: (story) => {
        const slipped = Object.entries(story.state.milestones).filter(([, { slippedOn }]) => slippedOn !== undefined);
        for (const [id] of slipped) expect(story.acknowledges(id)).toBeUndefined();
      },
    });
    const { html } = await visitor.get('/operator/ring-list');
    expect(html).toContain('Nobody has to be rung');
    expect(html).toMatch(/\d+ things are late, and somebody has them in hand/);
  });

  it('is not for who may only look: it holds numbers', async () => {
    const visitor = await serve({}, 'viewer');
    const { status, html } = await visitor.get('/operator/ring-list');
    expect(status).toBe(403);
    expect(html).not.toContain('960101');
    expect((await visitor.get('/operator')).html).not.toContain('/operator/ring-list');
  });

  it('says where a migration cannot be asked, and lists what is known', async () => {
    const visitor = await serve({ on: '2026-12-01' });
    Object.assign(server.migrations, { planning: async () => ({ kind: 'unavailable', detail: 'away' }) });
    const { status, html } = await visitor.get('/operator/ring-list?owner=');
    expect(status).toBe(200);
    expect(html).toContain('1 migration could not be asked at the moment');
  });

  it('has no barrier on a telephone', async () => {
    await serve({ on: '2026-12-01' });
    const page = await opened('/operator/ring-list');
    await page.getByRole('heading', { level: 1, name: /^Ring list/ }).waitFor();
    expect(await barriersOn(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await page.context().close();
  });
});
