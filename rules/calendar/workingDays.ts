import { dayName, dayNumber, dayOfNumber, weekdayOfNumber, type Day } from './day.js';
import type { BankHoliday } from './data.js';
import { PastHorizonError, type CalendarSpan } from './pastHorizon.js';
import { ordinalsBetween, workingDayTables, type WorkingDayTables } from './workingDayTables.js';

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
 * Every answer is a few array reads: the tables are built once for a list of bank holidays, and closures lie over them.
 *
 * @throws InvalidDayError, or RangeError for a span or closure that ends before it starts.
 */
export function createWorkingDayCalendar(input: WorkingDayCalendarInput): WorkingDayCalendar {
  const { division, from, horizon, closures = [] } = input;
  refuseBackwards('calendar', from, horizon);
  const tables = workingDayTables(input);
  const closed = closedOrdinals(tables, closures);
  const { first, workedThrough, worked } = tables;
  const span = { division, from, horizon };

  const indexOf = (day: Day): number => {
    const index = dayNumber(day) - first;
    if (index < 0 || index >= workedThrough.length) throw new PastHorizonError(span, day);
    return index;
  };
  const countThrough = (index: number): number => countOpen(workedThrough[index] ?? 0, closed);
  const isWorked = (index: number): boolean => countThrough(index) > countThrough(index - 1);
  const shiftWorkingDays = (day: Day, amount: number): Day => {
    const index = indexOf(day);
    if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} working days is not a whole number`);
    if (amount === 0) return day;
    // Forwards from all that is worked up to and including the day, backwards from all that is worked before it.
    const ordinal = amount > 0 ? countThrough(index) + amount - 1 : countThrough(index - 1) + amount;
    const reached = worked[openOrdinal(ordinal, closed)];
    if (reached === undefined) throw new PastHorizonError(span, day, { amount, unit: 'workingDays' });
    return dayOfNumber(first + reached);
  };

  return {
    ...span,
    isWorkingDay: (day) => isWorked(indexOf(day)),
    reasonNotWorking: (day) => reasonNotWorking(indexOf(day), tables, closures),
    shiftWorkingDays,
    workingDaysBetween: (start, end) => {
      const through = countThrough(indexOf(end));
      return through - countThrough(indexOf(start));
    },
    rollBefore: (day) => (isWorked(indexOf(day)) ? day : shiftWorkingDays(day, -1)),
    rollAfter: (day) => (isWorked(indexOf(day)) ? day : shiftWorkingDays(day, 1)),
  };
}

/** Ordinals, in the tables, of the working days on which closures fall: ascending, each once. */
function closedOrdinals(tables: WorkingDayTables, closures: readonly Closure[]): Int32Array {
  for (const { from, to, reason } of closures) refuseBackwards(`closure "${reason}"`, from, to);
  const ordinals = new Set(closures.flatMap(({ from, to }) => ordinalsBetween(tables, from, to)));
  return Int32Array.from(ordinals).sort();
}

/** How many of the first `count` working days of the tables are open. */
function countOpen(count: number, closed: Int32Array): number {
  let shut = 0;
  while (shut < closed.length && (closed[shut] ?? 0) < count) shut += 1;
  return count - shut;
}

/** The ordinal, in the tables, of the open working day with that ordinal. */
function openOrdinal(ordinal: number, closed: Int32Array): number {
  let inTables = ordinal;
  for (let shut = 0; shut < closed.length && (closed[shut] ?? 0) <= inTables; shut += 1) inTables += 1;
  return inTables;
}

/** The weekend is named first, then the bank holiday, then the closure. */
function reasonNotWorking(index: number, { first, titles }: WorkingDayTables, closures: readonly Closure[]) {
  const number = first + index;
  const day = dayOfNumber(number);
  if (weekdayOfNumber(number) > 5) return dayName(day);
  return titles.get(index) ?? closures.find(({ from, to }) => from <= day && day <= to)?.reason;
}

function refuseBackwards(what: string, from: Day, to: Day): void {
  if (dayNumber(to) < dayNumber(from))
    throw new RangeError(`${what}: the last day, ${to}, is before the first, ${from}`);
}
