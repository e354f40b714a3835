import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';
import { startRehearsedSystem, type RehearsedSystem } from '../../support/rehearsed/system.js';
import { linkFor, Visitor } from '../support/visitor.js';

const MONDAY = '2026-11-23';

let browser: Browser;
let system: RehearsedSystem;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());
beforeEach(async () => {
  vi.spyOn(Date, 'now').mockReturnValue(Date.parse(`${MONDAY}T09:30:00Z`));
  system = await startRehearsedSystem(3, MONDAY);
});
afterEach(async () => {
  await system.close();
  vi.restoreAllMocks();
});

describe('the evidence of what passed between us and a supplier', () => {
  it('has every message and word with its record, and whether the trail is whole', async () => {
    const visitor = await new Visitor(system.app).signIn('Vi', 'viewer');
    const suppliers = await visitor.get('/operator/suppliers');
    expect(suppliers.html).toContain('href="/operator/suppliers/alder/evidence"');
    const { status, html } = await visitor.get('/operator/suppliers/alder/evidence');
    expect(status).toBe(200);
    for (const words of ['From us', 'Trail whole', 'Millbrook Lane Surgery', 'Harbour Road Medical Centre'])
      expect(html).toContain(words);
    expect(html.slice(html.indexOf('<main'))).not.toMatch(/@alder|Priya Nayar/);
  });

  it('is of one migration where that is asked for, and a page that says so where there is none', async () => {
    const visitor = await new Visitor(system.app).signIn();
    const one = await visitor.get('/operator/suppliers/alder/evidence?migration=Z98002');
    expect(one.html).toContain('Harbour Road Medical Centre');
    expect(one.html).not.toContain('Millbrook Lane Surgery');
    const none = await visitor.get('/operator/suppliers/nobody/evidence');
    expect([none.status, none.html.includes('There is no such supplier')]).toEqual([404, true]);
    expect((await visitor.get('/operator/suppliers/%3Cscript%3E/evidence')).status).toBe(400);
  });

  it('has no barrier on a telephone', async () => {
    const home = await system.app.listen({ host: '127.0.0.1', port: 0 });
    const page = await narrowPage(browser);
    await page.goto(`${home}${new URL(await linkFor(system.app)).pathname}`);
    await page.getByRole('button', { name: /sign in/i }).click();
    for (const [where, heading] of [
      ['/operator/suppliers', 'Suppliers'],
      ['/operator/suppliers/alder/evidence', /What passed between us/],
    ] as const) {
      await page.goto(`${home}${where}`);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      expect([where, await barriersOn(page), await scrollsSideways(page)]).toEqual([where, [], false]);
    }
    await page.context().close();
  });
});
