import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { linkFor } from '../support/visitor.js';

let browser: Browser;
let page: Page;
let server: TestServer;
let home: string;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());

beforeEach(async () => {
  server = await startTestServer();
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}/operator/start/form?example=template`);
});
afterEach(async () => {
  await page.context().close();
  await server.app.close();
});

async function expectReadable(name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

const PRACTICE = {
  'ODS code': 'Z98101',
  'Name of the practice': 'Harbour Road <b>Surgery</b>',
  'Practice manager': 'Ana Ruiz',
  'Email of the practice manager': 'ana.ruiz@harbourroad.example',
  'Telephone of the practice manager': '01632 960141',
  'Present supplier': 'alder',
  'New supplier': 'Rowan Health Software',
  'Third parties': 'eps; pcse',
  'Ordered on': '2099-01-05',
  'Initial data production day': '2099-05-18',
};

async function fillIn(changed: Record<string, string> = {}): Promise<void> {
  for (const [label, text] of Object.entries({ ...PRACTICE, ...changed }))
    await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Look at the plan' }).click();
}

const near = { 'Ordered on': '2026-11-02', 'Initial data production day': '2027-05-18' };

describe('starting by a form, in a browser as narrow as a telephone', () => {
  it('shows the plan first, and starts one migration', async () => {
    await expectReadable('Start a migration by a form');
    await fillIn(near);
    await expectReadable('The plan of this order');
    expect(server.migrations.started).toEqual([]);
    await page.getByRole('button', { name: 'Start the migration' }).click();
    await page.waitForURL(/\/operator\/started\//);
    expect(server.migrations.started).toHaveLength(1);
  });

  it('names what is wrong beside each field, and keeps what was typed', async () => {
    await fillIn({ ...near, 'ODS code': 'no code', 'Present supplier': 'Nobody Ltd' });
    await expectReadable('Start a migration by a form');
    const wrong = await page.locator('.nhsuk-form-group--error label').allInnerTexts();
    expect(wrong).toEqual(['ODS code', 'Present supplier']);
    expect(await page.getByLabel('Name of the practice').inputValue()).toBe(PRACTICE['Name of the practice']);
    expect(server.migrations.started).toEqual([]);
  });

  it('asks for the template, and says what is wrong in it', async () => {
    const template = page.getByLabel('What is the same for every practice');
    expect(await template.inputValue()).toBe(await readFile('examples/tracker/template.yaml', 'utf8'));
    await template.fill('');
    await fillIn(near);
    await page.getByRole('alert').getByText('Enter the template').waitFor();
    await template.fill('csu: [');
    await page.getByRole('button', { name: 'Look at the plan' }).click();
    await page
      .getByRole('alert')
      .getByText(/Line 1/)
      .waitFor();
  });
});
