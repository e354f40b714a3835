/** Working days in day numbers (`dayNumber`): long sums neither read nor write a text on the way. */
import { dayNumber, dayOfNumber, type Day } from './day.js';
import { PastHorizonError, type CalendarSpan } from './pastHorizon.js';
import { ordinalsBetween, type WorkingDayTables } from './workingDayTables.js';

/** As `WorkingDayCalendar`, of which this is the inner side: same answers, same errors. */
export interface WorkingDayNumbers {
  /** First and last day known. */
  readonly first: number;
  readonly last: number;
  isWorked(number: number): boolean;
  shift(number: number, amount: number): number;
  /** Working days from the first day known up to and including this one. */
  countThrough(number: number): number;
  rollBefore(number: number): number;
  rollAfter(number: number): number;
}

/** @param closures first and last day of each, inclusive; they may lie outside of the span */
export function workingDayNumbers(
  span: CalendarSpan,
  tables: WorkingDayTables,
  closures: readonly { from: Day; to: Day }[],
): WorkingDayNumbers {
  const { first, workedThrough, worked } = tables;
  const last = first + workedThrough.length - 1;
  const closed = closedOrdinals(tables, closures);

  const known = (number: number): number => {
    if (number < first || number > last) throw new PastHorizonError(span, dayOfNumber(number));
    return number;
  };
  const isOpen = closed.length === 0;
  const countOf = (number: number): number => {
    const count = workedThrough[number - first] ?? 0;
    // Most have no closures at all, and this is asked for hundreds of times a plan.
    return isOpen ? count : countOpen(count, closed);
  };
  const isWorked = (number: number): boolean => countOf(known(number)) > countOf(number - 1);
  const shift = (number: number, amount: number): number => {
    known(number);
    if (!Number.isSafeInteger(amount)) throw new RangeError(`${amount} working days is not a whole number`);
    if (amount === 0) return number;
    // Forwards from all that is worked up to and including the day, backwards from all that is worked before it.
    const ordinal = amount > 0 ? countOf(number) + amount - 1 : countOf(number - 1) + amount;
    const reached = worked[isOpen ? ordinal : openOrdinal(ordinal, closed)];
    if (reached === undefined) throw new PastHorizonError(span, dayOfNumber(number), { amount, unit: 'workingDays' });
    return first + reached;
  };

  return {
    first,
    last,
    isWorked,
    shift,
    countThrough: (number) => countOf(known(number)),
    rollBefore: (number) => (isWorked(number) ? number : shift(number, -1)),
    rollAfter: (number) => (isWorked(number) ? number : shift(number, 1)),
  };
}

/** Ordinals, in the tables, of the working days on which closures fall: ascending, each once. */
function closedOrdinals(tables: WorkingDayTables, closures: readonly { from: Day; to: Day }[]): Int32Array {
  const ordinals = closures.flatMap(({ from, to }) => ordinalsBetween(tables, dayNumber(from), dayNumber(to)));
  return Int32Array.from(new Set(ordinals)).sort();
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
