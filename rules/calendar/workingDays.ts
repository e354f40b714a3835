import { dayName, dayNumber, dayOfNumber, weekdayOfNumber, type Day } from './day.js';
import type { BankHoliday } from './data.js';
import { PastHorizonError, type CalendarSpan } from './pastHorizon.js';

/** Days without work beside weekends and bank holidays, first and last day inclusive. */
export interface Closure {
  from: Day;
  to: Day;
  reason: string;
}

export interface WorkingDayCalendarInput extends CalendarSpan {
  /** Bank holidays of that division, on the days taken, in any order. */
  holidays: readonly BankHoliday[];
  closures?: readonly Closure[];
}

/**
 * Answers about working days between `from` and `horizon`, both inclusive.
 *
 * Every method throws `PastHorizonError` when a day given or a day reached lies outside, and `InvalidDayError` for a text
 * that is no day.
 */
export interface WorkingDayCalendar extends CalendarSpan {
  isWorkingDay(day: Day): boolean;
  /** `Saturday`, `Sunday`, the bank holiday's title or the closure's reason, in that order; undefined on a working day. */
  reasonNotWorking(day: Day): string | undefined;
  /**
   * The working day that many working days later (negative: earlier). The start does not count; from a day that is not
   * worked, the first working day met in the direction of travel counts as 1. An amount of 0 is the same day, not rolled.
   * England: `2027-01-07` - 5 is `2026-12-30` (rules.md, F).
   */
  shiftWorkingDays(day: Day, amount: number): Day;
  /**
   * Working days after `from` up to and including `to`, which is how many working days late `to` is for something due on
   * `from` (rules.md, E.14). Negative when `to` is the earlier. England: `2026-12-30` to `2027-01-07` is 5.
   */
  workingDaysBetween(from: Day, to: Day): number;
  /** The day itself if it is worked, else the last working day before it. */
  rollBefore(day: Day): Day;
  /** The day itself if it is worked, else the first working day after it. */
  rollAfter(day: Day): Day;
}

/**
 * Builds the tables once, so that every later answer is a few array reads.
 *
 * @throws InvalidDayError, or RangeError for a span or closure that ends before it starts.
 */
export function createWorkingDayCalendar(input: WorkingDayCalendarInput): WorkingDayCalendar {
  const { division, from, horizon } = input;
  const first = dayNumber(from);
  refuseBackwards('calendar', from, horizon);
  const reasons = reasonsNotWorking(input);
  const { workedThrough, worked } = countWorkingDays(first, dayNumber(horizon), reasons);
  const span = { division, from, horizon };

  const indexOf = (day: Day): number => {
    const index = dayNumber(day) - first;
    if (index < 0 || index >= workedThrough.length) throw new PastHorizonError(span, day);
    return index;
  };
  const isWorked = (index: number): boolean => !reasons.has(first + index);
  const shiftWorkingDays = (day: Day, amount: number): Day => {
    const index = indexOf(day);
    if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} working days is not a whole number`);
    if (amount === 0) return day;
    const counted = workedThrough[index] ?? 0;
    const ordinal = amount > 0 ? counted + amount - 1 : counted - (isWorked(index) ? 1 : 0) + amount;
    const reached = worked[ordinal];
    if (reached === undefined) throw new PastHorizonError(span, day, { amount, unit: 'workingDays' });
    return dayOfNumber(first + reached);
  };

  return {
    ...span,
    isWorkingDay: (day) => isWorked(indexOf(day)),
    reasonNotWorking: (day) => reasons.get(first + indexOf(day)),
    shiftWorkingDays,
    workingDaysBetween: (start, end) => (workedThrough[indexOf(end)] ?? 0) - (workedThrough[indexOf(start)] ?? 0),
    rollBefore: (day) => (isWorked(indexOf(day)) ? day : shiftWorkingDays(day, -1)),
    rollAfter: (day) => (isWorked(indexOf(day)) ? day : shiftWorkingDays(day, 1)),
  };
}

/** Day number to reason; the weekend is named first, then the bank holiday, then the closure. */
function reasonsNotWorking({ holidays, from, horizon, closures = [] }: WorkingDayCalendarInput): Map<number, string> {
  const [first, last] = [dayNumber(from), dayNumber(horizon)];
  const reasons = new Map<number, string>();
  for (const closure of closures) {
    refuseBackwards(`closure "${closure.reason}"`, closure.from, closure.to);
    const end = Math.min(dayNumber(closure.to), last);
    for (let day = Math.max(dayNumber(closure.from), first); day <= end; day += 1)
      if (!reasons.has(day)) reasons.set(day, closure.reason);
  }
  for (const { on, title } of holidays) reasons.set(dayNumber(on), title);
  for (let day = first; day <= last; day += 1)
    if (weekdayOfNumber(day) > 5) reasons.set(day, dayName(dayOfNumber(day)));
  return reasons;
}

interface WorkingDayTables {
  /** By days after the first: working days from the first day up to and including that one. */
  workedThrough: Int32Array;
  /** By ordinal of the working day, from 0: days after the first. */
  worked: Int32Array;
}

function countWorkingDays(first: number, last: number, reasons: ReadonlyMap<number, string>): WorkingDayTables {
  const length = last - first + 1;
  const workedThrough = new Int32Array(length);
  const worked = new Int32Array(length);
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    if (!reasons.has(first + index)) worked[count++] = index;
    workedThrough[index] = count;
  }
  return { workedThrough, worked: worked.subarray(0, count) };
}

function refuseBackwards(what: string, from: Day, to: Day): void {
  if (dayNumber(to) < dayNumber(from))
    throw new RangeError(`${what}: the last day, ${to}, is before the first, ${from}`);
}
