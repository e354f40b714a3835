import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { linkFor } from '../support/visitor.js';

let browser: Browser;
let page: Page;
let server: TestServer;
let home: string;

beforeAll(async () => {
  browser = await startBrowser();
  page = await narrowPage(browser);
  server = await startTestServer({ register: { crowdedDays: async () => [crowded] } });
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('heading', { name: 'Portfolio' }).waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.app.close();
});

const crowded = { supplierId: 'alder', on: '2027-01-07', practices: ['Z90001', 'Z90002'] };

const shows = (heading: string) => page.getByRole('heading', { level: 1, name: heading }).waitFor();

async function expectReadable(heading: string): Promise<void> {
  await shows(heading);
  expect({ heading, barriers: await barriersOn(page) }).toEqual({ heading, barriers: [] });
  expect({ heading, sideways: await scrollsSideways(page) }).toEqual({ heading, sideways: false });
}

describe('starting a migration in a browser as narrow as a telephone', () => {
  it('goes from an empty system to a running migration without a barrier', async () => {
    await expectReadable('Portfolio');
    await page.getByRole('link', { name: 'Start', exact: true }).click();
    await expectReadable('Start a migration');
    await page.getByLabel('The order (YAML)').fill(await readFile('examples/plain.yaml', 'utf8'));
    await page.getByLabel('Judge what has passed as of').fill('2026-10-20');
    await page.getByRole('button', { name: 'Look at the plan' }).click();
    await expectReadable('The plan of this order');
    await page.getByRole('button', { name: 'Rehearse it here' }).click();
    await expectReadable('If nobody does anything');
    await page.getByRole('button', { name: 'Look at the plan' }).click();
    await page.getByRole('button', { name: 'Start the migration' }).click();
    await expectReadable('It has started');
    expect(server.migrations.started).toMatchObject([{ asOf: '2026-10-20' }]);
  });

  it('says what is wrong with an order where it can be heard and seen', async () => {
    await page.goto(`${home}/operator/start`);
    await page.getByLabel('The order (YAML)').fill('practice: {}');
    await page.getByRole('button', { name: 'Look at the plan' }).click();
    await page.getByText('There is a problem with the order').waitFor();
    await expectReadable('Start a migration');
    expect(await page.getByLabel('The order (YAML)').inputValue()).toBe('practice: {}');
  });

  it('shows the suppliers’ page without a barrier', async () => {
    await page.goto(`${home}/operator/suppliers`);
    await expectReadable('Suppliers');
  });
});
