import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrationRow, milestoneRow } from '../../../rules/migration/registerRows.js';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { csrfIn, linkFor, Visitor } from '../support/visitor.js';

const order = exampleOrder('plain');

let browser: Browser;
let page: Page;
let server: TestServer;
let home: string;
let migration: ReturnType<typeof migrationRow>;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());

/** Pages over a migration that stands on Tue 10 Nov 2026, and somebody who is signed in. */
beforeEach(async () => {
  const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
  migration = migrationRow(state, 'migration-Z98001');
  const milestones = state.plan.milestones.map(({ id }) => milestoneRow(state, id));
  server = await startTestServer({
    register: { show: async () => ({ migration: { ...migration, asOfSeq: 1 }, milestones }) },
  });
  server.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}/operator/migrations/${migration.migrationId}/change`);
});
afterEach(async () => {
  await page.context().close();
  await server.app.close();
});

/** What was asked of the migration but how it stands. */
const told = () => server.migrations.said.filter(({ what }) => what !== 'timeline');
const said = () => told().map(({ what }) => what);

async function expectReadable(name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

const theOrder = () => page.getByLabel('The order as it is to be');

async function lookAtOrder(change: (text: string) => string): Promise<void> {
  await theOrder().fill(change(await theOrder().inputValue()));
  await page.getByRole('button', { name: 'See what it does' }).click();
}

describe('another order', () => {
  const closed = (text: string): string =>
    text.replace(
      'closures: []',
      'closures:\n  - { holder: practice, from: 2026-11-12, to: 2026-11-13, reason: Move of rooms }',
    );

  it('begins with the one that counts, is looked at, and then is the order', async () => {
    await expectReadable('Other changes');
    expect(await theOrder().inputValue()).toContain('odsCode: Z98001');
    await lookAtOrder((text) => text.replaceAll('01632 960201', '01632 960299'));
    await expectReadable('What the other order does');
    expect(said()).toEqual([]);
    await page.getByRole('button', { name: 'Change the order' }).click();
    await page.getByText('say why').waitFor();
    await page.getByLabel('Why the order changes').fill('Another number.');
    await page.getByRole('button', { name: 'Change the order' }).click();
    await page.getByText('The order has been changed').waitFor();
    expect(told()).toMatchObject([{ what: 'redate', payload: { by: 'Ann Bell', reason: 'Another number.' } }]);
  });

  it('is kept with every fault at its line where it is none', async () => {
    await lookAtOrder((text) => closed(text).replace('division: england-and-wales', 'division: wales'));
    await page
      .getByRole('alert')
      .getByText(/division/)
      .first()
      .waitFor();
    expect(await theOrder().inputValue()).toContain('division: wales');
    await expectReadable('Other changes');
    expect(said()).toEqual([]);
  });
});

describe('what is in use now', () => {
  it('is named where there is nothing of it to adopt', async () => {
    await page.getByLabel('The bank holidays alone').check();
    await page.getByRole('button', { name: 'See what adopting does' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/in use/);
    expect(await page.getByLabel('The bank holidays alone').isChecked()).toBe(true);
    expect(said()).toEqual([]);
  });
});

describe('a hold', () => {
  it('needs a reason', async () => {
    await page.getByRole('button', { name: 'Put it on hold' }).click();
    await page.getByRole('alert').getByText('Enter why').waitFor();
    expect(said()).toEqual([]);
    await page.getByLabel('Why it is held').fill('The supplier merges.');
    await page.getByRole('button', { name: 'Put it on hold' }).click();
    await page.getByText('It is on hold').waitFor();
    expect(told()).toMatchObject([{ what: 'hold', payload: { reason: 'The supplier merges.' } }]);
  });

  it('ends on the page of the days', async () => {
    migration.phase = 'onHold';
    await page.reload();
    expect(await page.getByRole('button', { name: 'Put it on hold' }).count()).toBe(0);
    await page.goto(`${home}/operator/migrations/${migration.migrationId}/move`);
    await page.getByText('It is on hold, and goes on with the days that you enter.').waitFor();
  });
});

describe('calling off', () => {
  it('has to be meant, and happens once however often the form is sent', async () => {
    await page.getByLabel('Why it is called off').fill('They merge.');
    await page.getByRole('button', { name: 'Call it off' }).click();
    await page.getByRole('alert').getByText('Tick that it is to be called off').waitFor();
    expect(said()).toEqual([]);
    expect(await page.getByLabel('Why it is called off').inputValue()).toBe('They merge.');
    const visitor = await new Visitor(server.app).signIn('Ann Bell');
    const where = `/operator/migrations/${migration.migrationId}/change`;
    const csrf = csrfIn((await visitor.get(where)).html);
    const form = { csrf, request: '3f2b8c1e-7d64-4b1e-9a55-0c1d2e3f4a5b', reason: 'They merge.', sure: 'yes' };
    const first = await visitor.post(`${where}/cancel`, form);
    const again = await visitor.post(`${where}/cancel`, form);
    expect([first.status, again.status, again.location]).toEqual([303, 303, first.location]);
    expect(new Set(said())).toEqual(new Set(['cancel']));
  });

  it('is not for who may only look', async () => {
    const visitor = await new Visitor(server.app).signIn('Vic', 'viewer');
    const where = `/operator/migrations/${migration.migrationId}/change`;
    const csrf = csrfIn((await visitor.get(where)).html);
    expect((await visitor.post(`${where}/hold`, { csrf, reason: 'x' })).status).toBe(403);
    expect(said()).toEqual([]);
  });
});
