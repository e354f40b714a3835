/** The addresses of the pages that mails link to. */
import { addDays, type Day } from '../rules/calendar/day.js';
import type { LinkScope, Links } from './links.js';

/** How long a link opens its page. */
const LINK_DAYS = 60;

export interface PageLink {
  /** `https://leadtime.example.nhs.uk/p/eyJ…` */
  url: string;
  /** The last day on which it works. */
  until: Day;
}

/** Makes the link of a role, as of a day: the same for the same day, so that a mail sent twice is the same mail. */
export type PageLinkOf = (scope: LinkScope, fromDay: Day) => Promise<PageLink>;

const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/** @param publicUrl under which people reach the pages; without a slash at the end */
export const createPageLinks =
  (links: Links, publicUrl: string): PageLinkOf =>
  async (scope, fromDay) => {
    const endsOn = addDays(fromDay, LINK_DAYS);
    const token = await links.token(scope, { fromMs: startOf(fromDay), untilMs: startOf(endsOn) });
    return { url: `${publicUrl}/p/${token}`, until: addDays(endsOn, -1) };
  };
