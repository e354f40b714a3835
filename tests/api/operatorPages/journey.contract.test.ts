import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { enter, tabTo, typeInto } from '../../support/keyboard.js';
import { startRehearsedSystem, type RehearsedSystem } from '../../support/rehearsed/system.js';
import { linkFor } from '../support/visitor.js';

const MONDAY = '2026-11-23';
const PRACTICES = 6;

let browser: Browser;
let system: RehearsedSystem;
let home: string;
let page: Page;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());

beforeEach(async () => {
  const startedAtMs = performance.now();
  vi.spyOn(Date, 'now').mockImplementation(
    () => Date.parse(`${MONDAY}T09:30:00Z`) + Math.round(performance.now() - startedAtMs),
  );
  system = await startRehearsedSystem(PRACTICES, MONDAY);
  home = await system.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  looksForBarriers = false;
  await page.context().close();
  await system.close();
  vi.restoreAllMocks();
});

/** A telephone held upright, signed in without a mouse. */
async function open(options: BrowserContextOptions): Promise<void> {
  page = await narrowPage(browser, options);
  await page.goto(`${home}${new URL(await linkFor(system.app, 'Tom Ashdown')).pathname}`);
  await enter(page, page.getByRole('button', { name: 'Sign in', exact: true }));
}

async function slowNetwork(): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: 50_000,
    uploadThroughput: 20_000,
  });
}

/** Looked at for barriers once, and not where the page's own scripts are off or everything is slow. */
let looksForBarriers = false;

async function expectReadable(heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
  if (!looksForBarriers) return;
  const [barriers, sideways] = [await barriersOn(page), await scrollsSideways(page)];
  expect({ heading, barriers, sideways }).toEqual({ heading, barriers: [], sideways: false });
}

/** The practice that is worst off, the first thing in its plan that is late, and its days moved on. */
async function mendTrouble(): Promise<void> {
  await expectReadable('Portfolio');
  await enter(page, page.getByRole('link', { name: 'Overdue', exact: true }));
  await page.getByText(/migrations?, the next deadline first/).waitFor();
  const practice = page.locator('table a').first();
  const name = (await practice.textContent()) ?? '';
  await enter(page, practice);
  await expectReadable(/: Plan$/);
  const { story } = [...system.stories.values()].find(({ order }) => order.practice.name === name) ?? {};
  if (story === undefined) throw new Error(`There is no practice ${name}.`);
  const late = page.locator('tr', { hasText: 'Late' }).first().getByRole('link');
  const title = (await late.textContent()) ?? '';
  const milestone = story.state.plan.milestones.find(
    (each) => each.title === title && story.milestone(each.id).status === 'open',
  );
  await enter(page, late);
  await expectReadable(new RegExp(`${title}$`.replaceAll(/[()]/g, '\\$&')));
  await typeInto(page, page.getByLabel('Reference'), 'Call 7');
  await enter(page, page.getByRole('button', { name: 'Record as done' }));
  await page.getByText('It is recorded as done.').waitFor();
  expect(story.milestone(milestone?.id ?? '')).toMatchObject({ status: 'done', settledBy: 'Tom Ashdown' });
  await enter(page, page.getByRole('link', { name: /^Back to the migration/ }));
  await moveDays();
  expect(story.state.plan.anchors.initialDataProduction).toEqual({ on: '2027-03-03', status: 'provisional' });
}

async function moveDays(): Promise<void> {
  await enter(page, page.getByRole('link', { name: /^Move days/ }));
  await expectReadable(/Move days$/);
  // The browser's own language says whether day or month comes first.
  await typeInto(page, page.getByLabel('Initial data production day'), '03032027');
  await tabTo(page, page.getByLabel('Take later days along'));
  await page.keyboard.press('Space');
  await typeInto(page, page.getByLabel('Why the days move'), 'The supplier has no slot.');
  await page.keyboard.press('Enter');
  await expectReadable(/What the move does$/);
  await enter(page, page.getByRole('button', { name: 'Move the days' }));
  await page.getByText('The days have been moved').waitFor();
  await expectReadable(/: Plan$/);
}

describe('an operator on a bad Monday, with a keyboard alone, on a page as narrow as a telephone', () => {
  it('finds what is late, records it, and moves the days', async () => {
    looksForBarriers = true;
    await open({ locale: 'en-GB' });
    await mendTrouble();
  });

  it('does the same without JavaScript', async () => {
    await open({ locale: 'en-GB', javaScriptEnabled: false });
    await mendTrouble();
    expect(
      await page
        .getByRole('status')
        .filter({ hasText: /^As of/ })
        .count(),
    ).toBe(0);
  });

  it('does the same over a slow network', async () => {
    await open({ locale: 'en-GB' });
    await slowNetwork();
    await mendTrouble();
  });
});
