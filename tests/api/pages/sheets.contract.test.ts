import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { exampleStory, PageServer } from '../support/pages.js';

let browser: Browser;
let server: PageServer;

beforeAll(async () => (browser = await startBrowser()));
afterEach(() => server.close());
afterAll(() => browser.close());

async function sheetsOf(page: Page): Promise<number> {
  const paper = await page.pdf({ preferCSSPageSize: true });
  return paper.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

/** Read on a telephone, and printed. */
async function expectOneSheet(where: string): Promise<void> {
  const page = await narrowPage(browser);
  try {
    await page.goto(where);
    expect(await barriersOn(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    expect(await sheetsOf(page)).toBe(1);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('Print this page').isVisible()).toBe(false);
  } finally {
    await page.context().close();
  }
}

const richOn = (day: string): Story => new Story(startedExample(exampleOrder('rich'))).until(day);

describe('the plan on one page', () => {
  it('is led to from the reader’s page, and has their tasks with their days', async () => {
    server = await PageServer.start(exampleStory('2026-12-01'));
    expect((await server.get()).html).toContain(`href="${server.base}/plan"`);
    const { status, html } = await server.get('/plan');
    expect(status).toBe(200);
    for (const words of ['Thursday 7 January 2027', 'Tue 24 Nov 2026, late', 'Waits for something else first'])
      expect(html).toContain(words);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it.each(['practiceManager', 'alder.contact', 'eps.contact'])('is %s’s own', async (role) => {
    server = await PageServer.start(exampleStory('2026-12-01'), role);
    const { status, html } = await server.get('/plan');
    expect(status).toBe(200);
    expect(html.includes('Put the poster')).toBe((await server.get()).html.includes('Put the poster'));
  });

  it.each(['2027-01-12', '2027-03-01'])('is one sheet of A4 on %s for a practice with everything', async (day) => {
    server = await PageServer.start(richOn(day));
    await expectOneSheet(`${await server.listen()}/plan`);
  });
});

describe('the poster', () => {
  it('says the days of this migration, as one sheet of A4 for each site', async () => {
    const story = richOn('2027-01-12');
    server = await PageServer.start(story);
    const { sites } = story.state.directory.practice;
    expect(sites.length).toBeGreaterThan(1);
    const address = await server.listen();
    const home = (await server.get()).html;
    for (const { id, name } of sites) {
      expect(home).toContain(`href="${server.base}/posters/${id}"`);
      const { html } = await server.get(`/posters/${id}`);
      expect(html).toContain(name);
      expect(html.match(/<h1/g)).toHaveLength(1);
      await expectOneSheet(`${address}/posters/${id}`);
    }
  });

  it('has the words and days of the pack', async () => {
    server = await PageServer.start(exampleStory());
    const { html } = await server.get('/posters/main');
    expect(html).toContain('From Thursday 28 January 2027 to Thursday 4 February 2027 some of our services');
    expect(html).not.toContain('Do not put this poster up yet');
  });

  it('is not to be put up while its days are provisional', async () => {
    const { anchors } = exampleOrder('plain');
    const goLive = { on: '2027-02-02', status: 'provisional' as const };
    const order = exampleOrder('plain', { anchors: { ...anchors, goLive } });
    server = await PageServer.start(new Story(startedExample(order)).until('2026-10-22'));
    const { html } = await server.get('/posters/main');
    expect(html).toContain('Do not put this poster up yet');
    expect(html).toContain('These dates are provisional');
  });

  it('is nowhere for another site, nor on the page of a party', async () => {
    server = await PageServer.start(exampleStory());
    expect((await server.get('/posters/elsewhere')).status).toBe(404);
    await server.close();
    server = await PageServer.start(exampleStory(), 'eps.contact');
    expect((await server.get('/posters/main')).status).toBe(404);
    expect((await server.get()).html).not.toContain('/posters/');
  });

  it('shows the name of a practice as it is, whatever is in it', async () => {
    const { practice } = exampleOrder('plain');
    const order = exampleOrder('plain', { practice: { ...practice, name: '<script>alert(1)</script> & Sons' } });
    server = await PageServer.start(new Story(startedExample(order)).until('2026-10-22'));
    for (const where of ['/posters/main', '/plan']) {
      const { html } = await server.get(where);
      expect(html).not.toContain('<script>alert');
      expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons');
    }
  });
});
