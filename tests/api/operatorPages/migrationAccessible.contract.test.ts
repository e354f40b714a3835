import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { type DeskServer, startDeskServer } from '../support/desk.js';
import { linkFor } from '../support/visitor.js';

let browser: Browser;
let page: Page;
let server: DeskServer;
let home: string;

beforeAll(async () => {
  browser = await startBrowser();
  page = await narrowPage(browser);
  server = await startDeskServer({
    tell: (story) => {
      story.says('alder', 'form.sent');
      story.counts({ duplicates: 40 });
    },
  });
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await browser.close();
  await server.app.close();
});

async function expectReadable(name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

async function signIn(): Promise<void> {
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await expectReadable('confirm');
  expect(new URL(page.url()).pathname).toBe('/sign-in/confirm');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/operator$/);
}

describe('the operators’ pages in a browser as narrow as a telephone', () => {
  it('have nothing that keeps anybody from signing in', async () => {
    await page.goto(`${home}/operator/migrations/Z98001`);
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await expectReadable('sign in');
    await page.goto(`${home}/sign-in/confirm`);
    await expectReadable('no link');
    await signIn();
  });

  it.each([
    '',
    '/week',
    '/messages',
    '/history',
    '/milestones/notify.eps',
    '/milestones/third-party-compatibility',
    '/nowhere',
  ])('have nothing that keeps anybody from using %s', async (where) => {
    await page.goto(`${home}${server.base}${where}`);
    await expectReadable(where);
  });

  it('have nothing that keeps anybody from using the portfolio, its filters opened', async () => {
    await page.goto(`${home}/operator?phase=preMigration&search=mill`);
    await page.getByLabel('Phase').waitFor();
    await expectReadable('portfolio');
  });

  it('can be used with the keyboard alone, and keep what was typed when the session ends', async () => {
    await page.goto(`${home}${server.base}`);
    await page.getByRole('link', { name: /software works with the new system/i }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/third-party-compatibility/);
    await page.getByLabel('Day', { exact: true }).fill('31');
    await page.getByRole('button', { name: 'Record as done' }).press('Enter');
    await page.getByRole('alert').waitFor();
    await expectReadable('what is wrong');
    await page.getByLabel('Day', { exact: true }).fill('');
    await page.getByLabel('Reference').fill('Call 7');
    await page.context().clearCookies();
    await page.getByLabel('Reference').press('Enter');
    await page.getByRole('heading', { name: 'You have been signed out' }).waitFor();
    await expectReadable('signed out');
    expect(server.pages.taken.filter(({ type }) => type === 'milestoneDone')).toEqual([]);
    await signInBeside();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByRole('heading', { name: 'Nothing has been recorded yet' }).waitFor();
    await expectReadable('kept');
    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('It is recorded as done.').waitFor();
    await expectReadable('done');
    expect(server.pages.taken.at(-1)).toMatchObject({ report: { by: 'Ann Bell', reference: 'Call 7' } });
  });
});

/** In another tab of the same browser. */
async function signInBeside(): Promise<void> {
  const tab = await page.context().newPage();
  const { pathname } = new URL(await linkFor(server.app));
  await tab.goto(`${home}${pathname}`);
  await tab.getByRole('button', { name: 'Sign in', exact: true }).click();
  await tab.waitForURL(/\/operator$/);
  await tab.close();
}

describe('the operators’ pages', () => {
  it('run one script file of ours at most, and none that stands in the page', async () => {
    await page.goto(`${home}${server.base}`);
    const scripts = await page.evaluate<string[]>(
      '[...document.scripts].map((script) => script.getAttribute("src") + script.textContent)',
    );
    const handlers = await page.evaluate<string[]>(
      '[...document.querySelectorAll("*")].flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on") || name === "style")',
    );
    expect({ scripts, handlers }).toEqual({
      scripts: [expect.stringMatching(/^\/assets\/live\.js\?v=[0-9a-f]{12}$/)],
      handlers: [],
    });
  });
});
