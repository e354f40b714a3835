/**
 * `npm run screenshots`: pictures of the main pages for README and docs, over a small portfolio that is rehearsed up to one
 * Monday morning. The same pages come out in every run.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { linkFor } from '../tests/api/support/visitor.js';
import { startBrowser } from '../tests/support/browser.js';
import { startRehearsedSystem, type RehearsedSystem } from '../tests/support/rehearsed/system.js';

const FOLDER = path.join(import.meta.dirname, '../docs/pictures');
const MONDAY = '2026-11-23';
const PRACTICES = 20;
const WIDE = { width: 900, height: 620 };
const TELEPHONE = { width: 360, height: 620 };

const startedAtMs = performance.now();
/** The whole process stands on that Monday, at half past nine. */
Date.now = () => Date.parse(`${MONDAY}T09:30:00Z`) + Math.round(performance.now() - startedAtMs);

async function signIn(page: Page, home: string, { app }: RehearsedSystem): Promise<void> {
  await page.goto(`${home}${new URL(await linkFor(app, 'Tom Ashdown')).pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
  await page.getByRole('heading', { level: 1, name: 'Portfolio' }).waitFor();
}

/** What is in the window, from the top of the page or from something on it. */
async function picture(page: Page, name: string, from?: string): Promise<void> {
  if (from !== undefined) await page.evaluate(`document.querySelector(${JSON.stringify(from)}).scrollIntoView()`);
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`), animations: 'disabled' });
}

async function widePages(page: Page, home: string, migration: string): Promise<void> {
  await page.goto(`${home}/operator`);
  await picture(page, 'portfolio', '.lt-views');
  await page.goto(`${home}${migration}`);
  await picture(page, 'migration', 'main h2');
  await page.goto(`${home}/operator/ring-list`);
  await picture(page, 'ring-list', 'main h1');
  await page.goto(`${home}${migration}/move`);
  await page.getByLabel('Initial data production day').fill('2027-02-18');
  await page.getByLabel('Take later days along').check();
  await page.getByRole('button', { name: 'See what it does' }).click();
  await page.getByRole('heading', { level: 1, name: 'What the move does' }).waitFor();
  await picture(page, 'move', 'main h1');
}

const system = await startRehearsedSystem(PRACTICES, MONDAY);
const browser = await startBrowser();
try {
  await mkdir(FOLDER, { recursive: true });
  const home = await system.app.listen({ host: '127.0.0.1', port: 0 });
  const [, first] = [...system.stories.values()];
  if (first === undefined) throw new Error('There is no practice.');
  const migration = `/operator/migrations/${first.story.state.migrationId}`;
  const wide = await (await browser.newContext({ viewport: WIDE })).newPage();
  await signIn(wide, home, system);
  await widePages(wide, home, migration);
  const telephone = await (await browser.newContext({ viewport: TELEPHONE })).newPage();
  await signIn(telephone, home, system);
  await telephone.goto(`${home}/operator/ring-list?owner=`);
  await picture(telephone, 'telephone', '.lt-calls');
} finally {
  await browser.close();
  await system.close();
}
