import type { FeedLinks } from '../../config/feedLinks.js';
import type { OpenPage } from './door.js';
import { renderPage } from './render.js';
import { pageView } from './view.js';

/** How the reader's days get into their own calendar: the links, and what to do with them. */
export async function calendarPage(opened: OpenPage, feedLinks: Pick<FeedLinks, 'linkOf'>): Promise<string> {
  const { migrationId, role, linkGeneration: generation } = opened.page;
  const feed = await feedLinks.linkOf({ kind: 'page', migrationId, role, generation });
  return renderPage('calendar', { page: pageView(opened), feed });
}
