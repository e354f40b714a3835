import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import type { Rejection } from '../../../rules/migration/events.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';
import { startTestServer, type TestServer } from '../support/testServer.js';
import { csrfIn, linkFor, Visitor } from '../support/visitor.js';

const order = exampleOrder('plain');

let browser: Browser;
let page: Page;
let server: TestServer;
let home: string;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());

/** Pages over one running migration, as of Tue 10 Nov 2026, and somebody who is signed in. */
beforeEach(async () => {
  const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
  server = await startTestServer();
  server.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
  home = await server.app.listen({ host: '127.0.0.1', port: 0 });
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app));
  await page.goto(`${home}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.goto(`${home}/operator/bulk/move`);
});
afterEach(async () => {
  await page.context().close();
  await server.app.close();
});

const moved = () => server.migrations.said.filter(({ what }) => what === 'redate');
const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

async function expectReadable(name: string): Promise<void> {
  await heading(name);
  expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
  expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
}

const GOOD = 'practice,anchor,date,reason\nZ98001,initialDataProduction,2027-02-18,No slot\n';

async function look(list: string): Promise<void> {
  await page.getByLabel('The list (CSV)').fill(list);
  await page.getByLabel('Take later days along').check();
  await page.getByRole('button', { name: 'See what it does' }).click();
}

describe('moving the days of many practices in a browser as narrow as a telephone', () => {
  it('looks first, then moves them, and says what came of each', async () => {
    await expectReadable('Move days by a list');
    await look(GOOD);
    await expectReadable('What the list does');
    await page.getByText('1 of 1 would move').waitFor();
    expect(moved()).toEqual([]);
    await page.getByRole('button', { name: 'Move the days of 1' }).click();
    await expectReadable('Operation');
    await page.getByText('1 of 1', { exact: false }).first().waitFor();
    expect(moved()).toMatchObject([{ payload: { by: 'Ann Bell', reason: 'No slot' } }]);
    await page.goto(`${home}/operator/bulk`);
    await expectReadable('Many practices at once');
    expect(await page.getByRole('link', { name: 'Move days, looked at only' }).count()).toBe(1);
  });

  it('names every fault beside its line, keeps the list, and begins nothing', async () => {
    await look(
      'practice,anchor,date,reason\nZ98001,goLive,2027-02-30,x\n<script>,goLive,2027-03-02,y\nZ98002,never,,\n',
    );
    await expectReadable('Move days by a list');
    const table = page.getByRole('table', { name: 'What is wrong, line by line' });
    expect(await table.getByRole('row').allInnerTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/2[^]*Z98001,goLive,2027-02-30,x[^]*date/),
        expect.stringMatching(/3[^]*<script>,goLive[^]*practice/),
        expect.stringMatching(/4[^]*Z98002,never[^]*anchor/),
      ]),
    );
    expect(await page.getByLabel('The list (CSV)').inputValue()).toContain('2027-02-30');
    expect((await server.app.inject('/operator/bulk')).statusCode).toBe(303);
    expect(moved()).toEqual([]);
  });

  it('takes a file, and keeps what was typed when the list is changed', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-')), 'moves.csv');
    await writeFile(file, `\uFEFF${GOOD.replaceAll('\n', '\r\n').replaceAll(',', ';')}`);
    await page.getByLabel('Or its file').setInputFiles(file);
    await page.getByLabel('Take later days along').check();
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('1 of 1 would move').waitFor();
    await page.getByRole('button', { name: 'Change the list' }).click();
    await heading('Move days by a list');
    expect(await page.getByLabel('The list (CSV)').inputValue()).toContain('Z98001;initialDataProduction');
  });

  it('says that a file in another encoding is none', async () => {
    const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-')), 'moves.csv');
    await writeFile(file, Buffer.from(GOOD.replace('No slot', 'caf\xe9'), 'latin1'));
    await page.getByLabel('Or its file').setInputFiles(file);
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('this is not UTF-8 text').waitFor();
  });

  it('shows a look that is not over yet, and the same one when it is looked at again', async () => {
    server.runs.hold();
    await look(GOOD);
    await expectReadable('What the list does');
    await page.getByText('The migrations are still being asked').waitFor();
    await server.runs.letGo();
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('1 of 1 would move').waitFor();
    await page.goto(`${home}/operator/bulk`);
    expect(await page.getByRole('link', { name: 'Move days, looked at only' }).count()).toBe(1);
  });

  it('stops what runs, and says so where it cannot', async () => {
    await look(GOOD);
    await page.getByText('1 of 1 would move').waitFor();
    server.runs.hold();
    await page.getByRole('button', { name: 'Move the days of 1' }).click();
    await page.getByText('It goes on by itself').waitFor();
    await expectReadable('Operation');
    server.runs.beAway(true);
    await page.getByRole('button', { name: 'Stop: begin nothing new' }).click();
    await page.getByText('Temporal cannot be reached at the moment').waitFor();
    server.runs.beAway(false);
    await page.getByRole('button', { name: 'Stop: begin nothing new' }).click();
    await heading('Operation');
    await server.runs.letGo();
  });
});

describe('what a migration refuses', () => {
  it('is named beside its practice, and can be repeated', async () => {
    const { migrations } = server;
    const redate = migrations.redate.bind(migrations);
    const rejection = { type: 'DayPassed', message: 'The <b>day</b> has passed.', choices: [] } satisfies Rejection;
    migrations.redate = async () => ({ kind: 'rejected', rejection });
    await look(GOOD);
    await page.getByRole('button', { name: 'Move the days of 1' }).click();
    await page.getByText('The <b>day</b> has passed.').waitFor();
    await expectReadable('Operation');
    migrations.redate = redate;
    await page.getByRole('button', { name: 'Repeat what failed' }).click();
    await page.getByText('Failed (0)').waitFor();
    expect(moved()).toHaveLength(1);
    expect(await page.getByRole('button', { name: 'Repeat what failed' }).count()).toBe(0);
  });
});

describe('a list that goes on from page to page', () => {
  const fields = { list: GOOD, reason: '', keep: 'yes', confirmed: '', accept: '' };

  it('moves the days once, however often the form is sent', async () => {
    const visitor = await new Visitor(server.app).signIn('Ann Bell');
    const csrf = csrfIn((await visitor.get('/operator/bulk/move')).html);
    const form = { ...fields, csrf, request: '3f2b8c1e-7d64-4b1e-9a55-0c1d2e3f4a5b' };
    const first = await visitor.post('/operator/bulk/move', form);
    const again = await visitor.post('/operator/bulk/move', form);
    expect([first.status, again.location]).toEqual([303, first.location]);
    expect(moved()).toHaveLength(1);
  });

  it('is kept where the session has ended meanwhile, whole', async () => {
    const lines = Array.from(
      { length: 5_000 },
      (_, index) => `A${10_000 + index},goLive,2027-03-02,"reason, ${index}"`,
    );
    const list = ['practice,anchor,date,reason', ...lines].join('\n');
    const visitor = new Visitor(server.app);
    const { status, html } = await visitor.post('/operator/bulk/move', { ...fields, list });
    expect(status).toBe(401);
    expect(html).toContain('What you typed is kept');
    expect(html).toContain('A14999,goLive');
  });

  it('is refused to who may only look', async () => {
    const visitor = await new Visitor(server.app).signIn('Vic', 'viewer');
    const { html } = await visitor.get('/operator/bulk/move');
    const form = { ...fields, csrf: csrfIn(html) };
    expect((await visitor.post('/operator/bulk/move', form)).status).toBe(403);
    expect((await visitor.get('/operator/bulk')).html).not.toContain('href="/operator/bulk/move"');
    expect(moved()).toEqual([]);
  });

  it('is a page that says so where there is no such operation', async () => {
    const visitor = await new Visitor(server.app).signIn();
    const { status, html } = await visitor.get('/operator/bulk/abcdefghij');
    expect(status).toBe(404);
    expect(html).toContain('There is no such operation');
  });
});
