import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { Instance, sharedPractices } from '../../support/sharedInstance.js';
import type { Story } from '../../support/story.js';
import { storyMigrations } from '../support/storyMigrations.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { linkFor } from '../support/visitor.js';

let browser: Browser;
let page: Page;
let server: TestServer;
let stories: Map<string, Story>;
let broken: Set<string>;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** The form to move the days of the first of three practices, which stand on Tue 10 Nov 2026. */
beforeEach(async () => {
  const instance = new Instance();
  stories = new Map(
    sharedPractices.map(({ odsCode }) => [odsCode, instance.begin(odsCode).until('2026-11-10')] as const),
  );
  const { migrations, broken: breaking } = storyMigrations(stories);
  broken = breaking;
  const state = stories.get('Z98001')?.state;
  if (state === undefined) throw new Error('There is a first.');
  const details = {
    migration: { ...migrationRow(state, 'migration-Z98001'), asOfSeq: 1 },
    milestones: state.plan.milestones.map(({ id }) => milestoneRow(state, id)),
  };
  server = await startTestServer({ register: { show: async () => details }, migrations });
  const home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}/operator/migrations/${state.migrationId}/move`);
  await page.getByLabel('Go Live day').fill('2027-02-09');
  await page.getByLabel('Why the days move').fill('The supplier has no slot.');
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('heading', { level: 1, name: 'What the move does' }).waitFor();
});
afterEach(async () => {
  await page.context().close();
  await server.app.close();
});

const goLives = () => [...stories.values()].map(({ state }) => state.plan.anchors.goLive.on);
const text = () => page.locator('main').innerText();

describe('moving the days of practices on one instance', () => {
  it('shows what becomes of the others, and moves them all', async () => {
    const shown = await text();
    expect(shown).toContain('On the same instance, mill-valley');
    expect(shown).toContain('Weir House Practice (Z98011) moves with it');
    expect(await barriersOn(page)).toEqual([]);
    expect(await scrollsSideways(page)).toBe(false);
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.waitForURL(/moved=yes/);
    expect(goLives()).toEqual(['2027-02-09', '2027-02-09', '2027-02-09']);
  });

  it('says who has not moved where something fails in the middle, and moves the rest from there', async () => {
    broken.add('Z98012');
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.getByText('Not every practice on the instance has moved.').waitFor();
    const shown = await text();
    expect(shown).toContain('Weir House Practice (Z98011) has these days already');
    expect(shown).toContain('Tollgate Surgery (Z98012) moves with it');
    broken.clear();
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.waitForURL(/moved=yes/);
    expect(goLives()).toEqual(['2027-02-09', '2027-02-09', '2027-02-09']);
  });
});
