import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import { redateVersion } from '../../../rules/migration/redate/version.js';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { linkFor } from '../support/visitor.js';

const order = exampleOrder('plain');

let browser: Browser;
let page: Page;
let server: TestServer;
let home: string;
let story: Story;

beforeAll(async () => {
  browser = await startBrowser();
});
afterAll(() => browser.close());

/** Pages over a migration that stands on Tue 10 Nov 2026, and somebody who is signed in. */
beforeEach(async () => {
  story = new Story(startedExample(order)).until('2026-11-10');
  const { state } = story;
  const details = {
    migration: { ...migrationRow(state, 'migration-Z98001'), asOfSeq: 1 },
    milestones: state.plan.milestones.map(({ id }) => milestoneRow(state, id)),
  };
  server = await startTestServer({ register: { show: async () => details } });
  planFrom(story);
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}/operator/migrations/${state.migrationId}/move`);
});
afterEach(async () => {
  await page.context().close();
  await server.app.close();
});

const planFrom = ({ state, nowMs }: Story): void =>
  server.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });

const moved = () => server.migrations.said.filter(({ what }) => what === 'redate');

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function expectReadable(name: string): Promise<void> {
  await heading(name);
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

/** Fills the days in and asks what they would do. */
async function look(days: Record<string, string>, reason = ''): Promise<void> {
  for (const [label, day] of Object.entries(days)) await page.getByLabel(label).fill(day);
  await page.getByLabel('Take later days along').check();
  await page.getByLabel('Why the days move').fill(reason);
  await page.getByRole('button', { name: 'See what it does' }).click();
}

const later = { 'Initial data production day': '2027-02-18' };

describe('moving days in a browser as narrow as a telephone', () => {
  it('shows before and after, what is asked again and the mails, and then moves them', async () => {
    await expectReadable('Move days');
    await look(later, 'The supplier has no slot.');
    await expectReadable('What the move does');
    const text = await page.locator('main').innerText();
    expect(text).toContain('Thu 7 Jan 2027, confirmed');
    expect(text).toContain('Thu 18 Feb 2027, provisional');
    expect(text).toContain('Given or asked already, and given or asked again');
    expect(moved()).toEqual([]);
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.waitForURL(/moved=yes/);
    expect(moved()).toMatchObject([
      {
        payload: { by: 'Ann Bell', reason: 'The supplier has no slot.', version: redateVersion(story.state) },
      },
    ]);
  });

  it('shows the move anew where the migration has changed since, and moves nothing', async () => {
    await look(later, 'No slot.');
    await heading('What the move does');
    expect(story.done('posters.main')).toBeUndefined();
    planFrom(story);
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.getByText('The migration has changed since you looked').waitFor();
    await expectReadable('What the move does');
    expect(moved()).toEqual([]);
  });

  it('keeps what was typed where it cannot be, and says why', async () => {
    await look({ 'Go Live day': '2026-12-01' });
    await page.getByText('This cannot be').or(page.getByText('There is a problem')).first().waitFor();
    await page.goto(`${home}/operator/migrations/${story.state.migrationId}/move`);
    await look({});
    await page.getByText('Enter the new day of at least one of the days').first().waitFor();
    await expectReadable('Move days');
    expect(moved()).toEqual([]);
  });

  it('asks for the reason before anything moves', async () => {
    await look(later);
    await page.getByRole('button', { name: 'Move the days' }).click();
    await page.getByText('Enter why the days move').first().waitFor();
    expect(await page.getByLabel('Initial data production day').inputValue()).toBe('2027-02-18');
    expect(moved()).toEqual([]);
  });
});
