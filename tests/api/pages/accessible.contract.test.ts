import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleStory, PageServer } from '../support/pages.js';

let browser: Browser;
let page: Page;
let server: PageServer;

beforeAll(async () => {
  browser = await startBrowser();
  page = await narrowPage(browser);
});
afterEach(() => server.close());
afterAll(() => browser.close());

/** Everything that a reader can open from a page, by following its links. */
async function linksOf(): Promise<string[]> {
  const links = await page.evaluate<string[]>('[...document.querySelectorAll("main a")].map((node) => node.href)');
  const [, token = ''] = new URL(page.url()).pathname.split('/p/');
  return [...new Set(links)].filter((href) => href.includes(`/p/${token}/`) && !href.includes('#'));
}

async function expectReadable(where: string): Promise<void> {
  const answer = await page.goto(where);
  expect(answer?.headers()['content-type']).toContain('text/html');
  const name = new URL(where).pathname.split('/').slice(3).join('/');
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

describe('the pages that mails link to, in a browser as narrow as a telephone', () => {
  it.each([
    ['practiceManager', '2026-12-20'],
    ['practiceManager', '2026-10-22'],
    ['alder.contact', '2026-11-25'],
    ['eps.contact', '2026-12-29'],
  ])('have nothing that keeps %s from using them on %s', async (role, on) => {
    server = await PageServer.start(exampleStory(on), role);
    const home = await server.listen();
    await expectReadable(home);
    const links = await linksOf();
    expect(links).not.toEqual([]);
    for (const where of links.slice(0, 8)) await expectReadable(where);
  });

  it('say in a readable way that a link is none', async () => {
    server = await PageServer.start(exampleStory());
    const home = await server.listen();
    await expectReadable(`${home}x`);
    await expectReadable(`${home}/nowhere`);
  });

  it('can be used with the keyboard alone: tick a task off', async () => {
    server = await PageServer.start(exampleStory('2026-10-29'));
    await page.goto(await server.listen());
    const link = page.getByRole('link', { name: /software works with the new system/i }).first();
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/third-party-compatibility/);
    const name = page.getByRole('textbox').first();
    await name.focus();
    await page.keyboard.type('Priya Nayar');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(server.pages.taken.map(({ type }) => type)).toEqual(['milestoneDone']);
    expect(await barriersOn(page)).toEqual([]);
  });
});
