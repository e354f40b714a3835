import type { Day } from '../../rules/calendar/day.js';
import type { MessageAbout } from '../../rules/migration/messages.js';
import { dayWords } from './nearDay.js';

const NOT_SET = 'not set yet';

/** The anchors that every message shows, with their titles. */
export const anchors = [
  ['initialDataProduction', 'Initial data production day'],
  ['finalDataProduction', 'Final data production day (start of cut-over)'],
  ['goLive', 'Go Live'],
] as const;
type ShownAnchor = (typeof anchors)[number][0];

/** The day of an anchor as a mail of a given day says it. */
export const anchorWords = (about: MessageAbout, name: ShownAnchor, sentOn: Day): string =>
  dayWords(about[name], sentOn, { provisional: about.provisional.includes(name), without: NOT_SET });
