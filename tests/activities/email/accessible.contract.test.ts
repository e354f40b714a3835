import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderMessage } from '../../../activities/email/render.js';
import { samplesOf } from '../../../cli/messages/samples.js';
import { exampleOrders } from '../../../cli/messages/fromOrder.js';
import { previewFiles, previews } from '../../../cli/messages/preview.js';
import { messageKinds } from '../../../rules/migration/messages.js';
import { barriersOn, narrowPage, scrollsSideways, startBrowser } from '../../support/browser.js';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startBrowser();
  page = await narrowPage(browser);
});

afterAll(() => browser.close());

const looked = ['to the CSU', 'late', 'advice, counts and mails without an answer', 'a rehearsal'];

describe('the HTML of a mail, in a browser as narrow as a telephone', () => {
  it.each(messageKinds)('has nothing that keeps somebody from reading it: %s', async (kind) => {
    for (const { name, message, link } of samplesOf(kind).filter((sample) => looked.includes(sample.name))) {
      await page.setContent(renderMessage(message, link).html);
      expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
      expect({ name, sideways: await scrollsSideways(page) }).toEqual({ name, sideways: false });
    }
  });

  it('can be read as a real plan makes it, and so can the page that lists all of them', async () => {
    const files = previewFiles(await previews(undefined, exampleOrders()));
    for (const { name, text } of files.filter((file) => file.name.endsWith('.html'))) {
      await page.setContent(text);
      expect({ name, barriers: await barriersOn(page) }).toEqual({ name, barriers: [] });
    }
  });
});
