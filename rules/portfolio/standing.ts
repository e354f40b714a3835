/** How a migration stands among the others, at a glance: red, amber, green or on hold, the reason, and how many working days are left. */
import type { Day } from '../calendar/day.js';
import type { WorkingDayCalendar } from '../calendar/workingDays.js';
import type { MigrationRow } from '../migration/records.js';

export const ratings = ['red', 'amber', 'green', 'onHold'] as const;
export type Rating = (typeof ratings)[number];

/** The days by which the ratings part; all inclusive on the side of the better rating. */
export interface RatingDays {
  today: Day;
  /** Amber up to and including this day. */
  amberUntil: Day;
}

export interface Standing {
  rating: Rating;
  /** One sentence for people. */
  reason: string;
  /** Working days after today up to the next deadline: 0 when it is today, negative when it has passed; absent without one. */
  slackWorkingDays?: number;
}

/**
 * The days that part the ratings on a day.
 *
 * @param amberWithinWorkingDays so many working days before a critical deadline, and on that day itself, a migration is amber
 *
 * Worked, England: today Wed 23 December 2026 and 5 → amber until Mon 4 January 2027 (24, 29, 30, 31 December and 4 January).
 */
export function ratingDays(today: Day, amberWithinWorkingDays: number, calendar: WorkingDayCalendar): RatingDays {
  return { today, amberUntil: calendar.shiftWorkingDays(today, amberWithinWorkingDays) };
}

type Deadlines = Pick<
  MigrationRow,
  | ('status' | 'phase' | 'onHoldSince')
  | ('nextDeadlineOn' | 'nextMilestoneId' | 'nextTitle')
  | ('criticalOn' | 'criticalMilestoneId' | 'criticalTitle')
>;

/**
 * Red: something that an anchor cannot be met without is late. Amber: something else is late, or something of that kind is due
 * within days. Green: neither. On hold: nothing is late until it goes on. A migration that has ended has no rating.
 */
export function ratingOf(
  { status, phase, nextDeadlineOn, criticalOn }: Deadlines,
  days: RatingDays,
): Rating | undefined {
  if (status !== 'running') return undefined;
  if (phase === 'onHold') return 'onHold';
  if (criticalOn !== undefined && criticalOn < days.today) return 'red';
  if (nextDeadlineOn !== undefined && nextDeadlineOn < days.today) return 'amber';
  return criticalOn !== undefined && criticalOn <= days.amberUntil ? 'amber' : 'green';
}

/** The rating with its reason and the working days left. Absent once a migration has ended. */
export function standingOf(row: Deadlines, days: RatingDays, calendar: WorkingDayCalendar): Standing | undefined {
  const rating = ratingOf(row, days);
  if (rating === undefined) return undefined;
  const { nextDeadlineOn } = row;
  const slack = nextDeadlineOn === undefined ? undefined : slackBetween(days.today, nextDeadlineOn, calendar);
  return { rating, reason: reasonOf(row, days), ...(slack !== undefined && { slackWorkingDays: slack }) };
}

function slackBetween(today: Day, deadline: Day, calendar: WorkingDayCalendar): number | undefined {
  const isKnown = [today, deadline].every((day) => day >= calendar.from && day <= calendar.horizon);
  return isKnown ? calendar.workingDaysBetween(today, deadline) : undefined;
}

const HANGS = 'A production day or Go Live hangs on it.';

/** Rows of older versions have ids in place of titles. */
function reasonOf(row: Deadlines, { today, amberUntil }: RatingDays): string {
  const { phase, onHoldSince, criticalOn, nextDeadlineOn } = row;
  const critical = row.criticalTitle ?? row.criticalMilestoneId ?? '';
  const next = row.nextTitle ?? row.nextMilestoneId ?? '';
  if (phase === 'onHold') return onHoldSince === undefined ? 'On hold.' : `On hold since ${onHoldSince}.`;
  if (criticalOn !== undefined && criticalOn < today) return `Was due on ${criticalOn}: ${critical}. ${HANGS}`;
  if (nextDeadlineOn !== undefined && nextDeadlineOn < today) return `Was due on ${nextDeadlineOn}: ${next}.`;
  if (criticalOn !== undefined && criticalOn <= amberUntil) return `Due on ${criticalOn}: ${critical}. ${HANGS}`;
  return nextDeadlineOn === undefined ? 'Nothing is due.' : `Next, on ${nextDeadlineOn}: ${next}.`;
}
