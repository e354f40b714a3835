import type { Day } from './day.js';
import type { Division } from './division.js';
import type { LeadTime } from './leadTime.js';
import { describeMove } from './wording.js';

/** What a calendar knows: the bank holidays of one division from the first day to the last, both inclusive. */
export interface CalendarSpan {
  readonly division: Division;
  readonly from: Day;
  readonly horizon: Day;
}

/**
 * A day outside of what the calendar knows: its bank holidays are not known, so nothing can be said about it.
 *
 * `day` is the day asked about; with `move`, the day that the move started from.
 */
export class PastHorizonError extends Error {
  override readonly name = 'PastHorizonError';
  readonly division: Division;
  readonly from: Day;
  readonly horizon: Day;

  constructor(
    span: CalendarSpan,
    readonly day: Day,
    readonly move?: LeadTime,
  ) {
    super(describe(span, day, move));
    this.division = span.division;
    this.from = span.from;
    this.horizon = span.horizon;
  }
}

function describe({ division, from, horizon }: CalendarSpan, day: Day, move?: LeadTime): string {
  const isEarly = move === undefined ? day < from : move.amount < 0;
  const what = move === undefined ? day : `${describeMove(move)} ${day}`;
  const edge = isEarly
    ? `is before ${from}, the first day for which the bank holidays of ${division} are known`
    : `is after ${horizon}, the last day for which the bank holidays of ${division} are known`;
  return `${what} ${edge}`;
}
