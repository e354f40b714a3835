import { dayName, dayNumber, dayOfNumber, weekdayOfNumber, type Day } from './day.js';
import type { BankHoliday } from './data.js';
import type { CalendarSpan } from './pastHorizon.js';
import { workingDayNumbers, type WorkingDayNumbers } from './workingDayNumbers.js';
import { workingDayTables } from './workingDayTables.js';

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
  /** The same answers in day numbers, where many are asked for. */
  readonly numbers: WorkingDayNumbers;
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
  for (const closure of closures) refuseBackwards(`closure "${closure.reason}"`, closure.from, closure.to);
  const span = { division, from, horizon };
  const tables = workingDayTables(input);
  const numbers = workingDayNumbers(span, tables, closures);
  return {
    division,
    from,
    horizon,
    numbers,
    isWorkingDay: (day) => numbers.isWorked(dayNumber(day)),
    reasonNotWorking: (day) => {
      if (numbers.isWorked(dayNumber(day))) return undefined;
      return nonWorkingReason(day, tables.titles, closures);
    },
    shiftWorkingDays: (day, amount) => dayOfNumber(numbers.shift(dayNumber(day), amount)),
    workingDaysBetween: (start, end) => {
      const through = numbers.countThrough(dayNumber(end));
      return through - numbers.countThrough(dayNumber(start));
    },
    rollBefore: (day) => dayOfNumber(numbers.rollBefore(dayNumber(day))),
    rollAfter: (day) => dayOfNumber(numbers.rollAfter(dayNumber(day))),
  };
}

/** The weekend is named first, then the bank holiday, then the closure. */
function nonWorkingReason(day: Day, titles: ReadonlyMap<number, string>, closures: readonly Closure[]) {
  const number = dayNumber(day);
  if (weekdayOfNumber(number) > 5) return dayName(day);
  return titles.get(number) ?? closures.find(({ from, to }) => from <= day && day <= to)?.reason;
}

function refuseBackwards(what: string, from: Day, to: Day): void {
  if (dayNumber(to) < dayNumber(from))
    throw new RangeError(`${what}: the last day, ${to}, is before the first, ${from}`);
}
