import { addDays, addMonths, parseDay, type Day } from './day.js';
import type { LeadTimeUnit } from './leadTime.js';
import { PastHorizonError } from './pastHorizon.js';
import { describeMove } from './wording.js';
import type { WorkingDayCalendar } from './workingDays.js';

/** What to do when the day reached is not worked: the working day before it, or the one after it. */
export type Roll = 'before' | 'after';

export interface ShiftOptions {
  /** Without it the day reached stays, worked or not. */
  roll?: Roll | undefined;
}

/** Hours are elapsed time from a recorded instant (rules.md, E.9), so they cannot be counted from a day. */
export class HoursFromDayError extends Error {
  override readonly name = 'HoursFromDayError';

  constructor() {
    super('hours are counted from a recorded instant, not from a day: use weeks, days, workingDays or months');
  }
}

/**
 * The day that lies the amount away: negative is before `day`, positive after, and `day` itself never counts.
 *
 * Weeks, days and months are calendar units (a month end is clamped); working days count as
 * `WorkingDayCalendar.shiftWorkingDays` says. 0 of any unit is the same day, rolled only where `roll` asks for it.
 * England: `2027-03-31` - 5 weeks is `2027-02-24`, - 10 working days is `2027-03-15` (rules.md, F).
 *
 * @throws PastHorizonError when `day`, the day reached or the day rolled to is outside the calendar, also for calendar units;
 *   HoursFromDayError; InvalidDayError; RangeError for an amount that is not a whole number.
 */
export function shift(
  calendar: WorkingDayCalendar,
  day: Day,
  amount: number,
  unit: LeadTimeUnit,
  { roll }: ShiftOptions = {},
): Day {
  return rolled(calendar, reach(calendar, day, amount, unit), roll);
}

/** The day reached before any rolling. */
export function reach(calendar: WorkingDayCalendar, day: Day, amount: number, unit: LeadTimeUnit): Day {
  if (unit === 'hours') throw new HoursFromDayError();
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${describeMove({ amount, unit })}: not a whole number`);
  if (unit === 'workingDays') return calendar.shiftWorkingDays(day, amount);
  if (!knows(calendar, parseDay(day))) throw new PastHorizonError(calendar, day);
  const reached = moved(day, amount, unit);
  if (reached === undefined || !knows(calendar, reached)) throw new PastHorizonError(calendar, day, { amount, unit });
  return reached;
}

function rolled(calendar: WorkingDayCalendar, day: Day, roll: Roll | undefined): Day {
  if (roll === undefined) return day;
  return roll === 'before' ? calendar.rollBefore(day) : calendar.rollAfter(day);
}

function knows({ from, horizon }: WorkingDayCalendar, day: Day): boolean {
  return day >= from && day <= horizon;
}

/** Undefined where the day reached has no four-digit year. */
function moved(day: Day, amount: number, unit: 'weeks' | 'days' | 'months'): Day | undefined {
  try {
    if (unit === 'months') return addMonths(day, amount);
    return addDays(day, unit === 'weeks' ? amount * 7 : amount);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
