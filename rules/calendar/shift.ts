import { addMonthsToNumber, dayNumber, dayOfNumber, type Day } from './day.js';
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
  return dayOfNumber(shiftNumber(calendar, dayNumber(day), amount, unit, roll));
}

/** `shift` in day numbers. */
export function shiftNumber(
  calendar: WorkingDayCalendar,
  number: number,
  amount: number,
  unit: LeadTimeUnit,
  roll?: Roll,
): number {
  const reached = reachNumber(calendar, number, amount, unit);
  if (roll === undefined) return reached;
  return roll === 'before' ? calendar.numbers.rollBefore(reached) : calendar.numbers.rollAfter(reached);
}

/** The day reached before any rolling. */
export function reach(calendar: WorkingDayCalendar, day: Day, amount: number, unit: LeadTimeUnit): Day {
  return dayOfNumber(reachNumber(calendar, dayNumber(day), amount, unit));
}

function reachNumber(calendar: WorkingDayCalendar, number: number, amount: number, unit: LeadTimeUnit): number {
  if (unit === 'workingDays') return calendar.numbers.shift(number, amount);
  if (unit === 'hours') throw new HoursFromDayError();
  if (!Number.isSafeInteger(amount)) throw new RangeError(`${describeMove({ amount, unit })}: not a whole number`);
  if (!knows(calendar, number)) throw new PastHorizonError(calendar, dayOfNumber(number));
  const reached = unit === 'months' ? addMonthsToNumber(number, amount) : number + amount * (unit === 'weeks' ? 7 : 1);
  if (knows(calendar, reached)) return reached;
  throw new PastHorizonError(calendar, dayOfNumber(number), { amount, unit });
}

function knows({ numbers: { first, last } }: WorkingDayCalendar, number: number): boolean {
  return number >= first && number <= last;
}
