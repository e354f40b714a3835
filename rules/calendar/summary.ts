/** What is to be known about a calendar, without its days. */
import type { CalendarData } from './data.js';
import type { Day } from './day.js';
import type { Division } from './division.js';
import type { CalendarFinding } from './inspectCalendar.js';

/** The bank holidays of a division: how many, the first and the last. */
export interface HolidaySpan {
  days: number;
  first?: Day;
  last?: Day;
}

export function spanOf({ divisions }: CalendarData, division: Division): HolidaySpan {
  const [first, last] = [divisions[division][0]?.on, divisions[division].at(-1)?.on];
  return { days: divisions[division].length, ...(first && { first }), ...(last && { last }) };
}

/** It can be relied on: there is nothing to be said of it but notes. */
export const isReliable = (findings: readonly CalendarFinding[]): boolean =>
  findings.every(({ severity }) => severity === 'note');

/** Where it comes from, how far it reaches, and of each division how many days it has. */
export function calendarSummary(calendar: CalendarData) {
  const { divisions: _, ...about } = calendar;
  const spans: Record<Division, HolidaySpan> = {
    'england-and-wales': spanOf(calendar, 'england-and-wales'),
    scotland: spanOf(calendar, 'scotland'),
    'northern-ireland': spanOf(calendar, 'northern-ireland'),
  };
  return { ...about, divisions: spans };
}
