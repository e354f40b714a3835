import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** `npm test` finds or installs it, and says so in this variable. */
const executablePath = process.env['LEADTIME_CHROMIUM'] ?? '/usr/bin/chromium';

/** A real browser without a window. Ends with `close`. */
export const startBrowser = (): Promise<Browser> =>
  // As root, which CI is, Chromium has no sandbox of its own.
  chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

/** How long a page may take on a busy machine before it counts as hanging. */
const HANGS_AFTER_MS = 120_000;

/** A page as narrow as a small telephone held upright. */
export async function narrowPage(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  context.setDefaultTimeout(HANGS_AFTER_MS);
  return context.newPage();
}

/** What keeps somebody from reading or using what the page shows: WCAG 2.2 up to AA, one line each. */
export async function barriersOn(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  // Without frames nothing needs a second, blank page for the verdict; opening one for each check now and then never ends.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(tags).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 120)}`));
}

/** Whether the reader has to scroll sideways. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth');
