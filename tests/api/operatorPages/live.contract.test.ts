import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { barriersOn, narrowPage, startBrowser } from '../../support/browser.js';
import { FlakyProxy } from '../../support/flakyProxy.js';
import { type DeskServer, startDeskServer } from '../support/desk.js';
import { linkFor, Visitor } from '../support/visitor.js';

let browser: Browser;
let server: DeskServer;
let proxy: FlakyProxy;
let page: Page;

beforeAll(async () => (browser = await startBrowser()));
afterAll(() => browser.close());

beforeEach(async () => {
  server = await startDeskServer();
  const home = new URL(await server.app.listen({ host: '127.0.0.1', port: 0 }));
  proxy = await new FlakyProxy(Number(home.port)).comeBack();
  page = await narrowPage(browser);
  const { pathname } = new URL(await linkFor(server.app, 'Tom Ashdown'));
  await page.goto(`${proxy.url}${pathname}`);
  await page.getByRole('button', { name: /sign in/i }).click();
});
afterEach(async () => {
  await page.context().close();
  await proxy.goAway();
  await server.app.close();
});

const cancel = (): void => {
  const event = { type: 'cancelled', atMs: Date.UTC(2026, 10, 23, 14), by: 'Helen Marsh', reason: 'off' } as const;
  server.pages.change((state) => apply(state, event));
};
const status = () => page.getByRole('status');

describe('a page that is open while things happen', () => {
  it('shows them by itself, and says as of when', async () => {
    await page.goto(`${proxy.url}${server.base}`);
    await page.getByRole('link', { name: 'Move days, or see what a move would do' }).waitFor();
    cancel();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await status()
      .getByText(/^As of/)
      .waitFor();
    expect(await page.getByRole('link', { name: 'Move days, or see what a move would do' }).count()).toBe(0);
    expect(await barriersOn(page)).toEqual([]);
  });

  it('takes nothing away from somebody who is typing, and tells them', async () => {
    const open = Object.entries(server.pages.state().milestones).find(([, { status: now }]) => now === 'open');
    await page.goto(`${proxy.url}${server.base}/milestones/${open?.[0] ?? server.milestoneIds[20] ?? ''}`);
    await page.getByLabel('Reference').fill('Call 7 with Priya');
    cancel();
    await status().getByText('This has changed since the page was loaded').waitFor();
    expect(await page.getByLabel('Reference').inputValue()).toBe('Call 7 with Priya');
    await page.getByRole('button', { name: 'Record as done' }).click();
    await page
      .getByText(/cancelled|closed|over/i)
      .first()
      .waitFor();
    expect(server.pages.taken).toEqual([]);
  });

  it('says that leadtime cannot be reached, and recovers by itself', async () => {
    await page.goto(`${proxy.url}${server.base}`);
    await page.waitForLoadState('networkidle').catch(() => undefined);
    await proxy.goAway();
    await status().getByText('leadtime cannot be reached at the moment').waitFor();
    cancel();
    await proxy.comeBack();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await status()
      .getByText(/^As of/)
      .waitFor();
  });

  it('listens only while somebody sees it, so that many tabs do not use up the browser’s connections', async () => {
    const show = (hidden: boolean) =>
      page.evaluate(
        `Object.defineProperty(document, 'hidden', { value: ${String(hidden)}, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))`,
      );
    let streams = 0;
    server.app.server.on('request', ({ url = '' }, response) => {
      if (!url.endsWith('/live')) return;
      streams += 1;
      response.on('close', () => (streams -= 1));
    });
    await page.goto(`${proxy.url}${server.base}`);
    await expect.poll(() => streams).toBe(1);
    await show(true);
    await expect.poll(() => streams).toBe(0);
    cancel();
    await show(false);
    await page.getByText('Cancelled', { exact: true }).waitFor();
    expect(streams).toBe(1);
  });

  it('says that its reader has been signed out', async () => {
    await page.goto(`${proxy.url}${server.base}`);
    await page.context().clearCookies();
    cancel();
    await status().getByText('You have been signed out.').waitFor();
  });
});

describe('the stream of changes', () => {
  it('is for nobody who is not signed in', async () => {
    expect((await server.app.inject(`${server.base}/live`)).statusCode).toBe(401);
    expect((await server.app.inject({ method: 'HEAD', url: `${server.base}/live` })).statusCode).toBe(404);
  });

  it('tells that something changed and nothing of what, and does not keep the server from closing', async () => {
    const visitor = await new Visitor(server.app).signIn();
    const answer = await fetch(`${proxy.url}${server.base}/live`, { headers: { cookie: visitor.header() } });
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('\n\nevent:') || !text.endsWith('\n\n')) text += (await reader?.read())?.value ?? '';
    expect(text).toMatch(/^retry: 3000\n\nevent: version\ndata: \{"version":"\d+-running"\}\n\n$/);
    await server.app.close();
    expect((await reader?.read().catch(() => ({ done: true })))?.done).toBe(true);
  });
});
