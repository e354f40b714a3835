/** Working days by table look-up: from a day to how many are worked up to it, and back. */
import type { BankHoliday } from './data.js';
import { dayNumber, weekdayOfNumber, type Day } from './day.js';

/** Weekends and bank holidays of a span of days. Days are told by their index: 0 is the first of the span. */
export interface WorkingDayTables {
  /** Number of the first day, as `dayNumber` counts. */
  first: number;
  /** By index: working days from the first day up to and including that one. */
  workedThrough: Int32Array;
  /** By ordinal of the working day, from 0: its index. */
  worked: Int32Array;
  /** Title of the bank holiday, by day number. */
  titles: ReadonlyMap<number, string>;
}

interface Span {
  holidays: readonly BankHoliday[];
  from: Day;
  horizon: Day;
}

const known = new WeakMap<Span['holidays'], Map<string, WorkingDayTables>>();

/** The tables of a span: made once for a list of bank holidays, however many calendars with closures stand on it. */
export function workingDayTables({ holidays, from, horizon }: Span): WorkingDayTables {
  const bySpan = known.get(holidays) ?? new Map<string, WorkingDayTables>();
  known.set(holidays, bySpan);
  const span = from + horizon;
  const tables = bySpan.get(span) ?? createTables({ holidays, from, horizon });
  bySpan.set(span, tables);
  return tables;
}

function createTables({ holidays, from, horizon }: Span): WorkingDayTables {
  const first = dayNumber(from);
  const titles = new Map(holidays.map(({ on, title }) => [dayNumber(on), title]));
  const length = dayNumber(horizon) - first + 1;
  const workedThrough = new Int32Array(length);
  const worked = new Int32Array(length);
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    if (weekdayOfNumber(first + index) <= 5 && !titles.has(first + index)) worked[count++] = index;
    workedThrough[index] = count;
  }
  return { first, workedThrough, worked: worked.slice(0, count), titles };
}

/** Ordinals of the working days between two days, both inclusive and by number; they may lie outside of the span. */
export function ordinalsBetween({ first, workedThrough }: WorkingDayTables, from: number, to: number): number[] {
  const start = Math.max(from - first, 0);
  const end = Math.min(to - first, workedThrough.length - 1);
  if (end < start) return [];
  const before = workedThrough[start - 1] ?? 0;
  const through = workedThrough[end] ?? 0;
  return Array.from({ length: through - before }, (_, index) => before + index);
}
