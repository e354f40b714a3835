/** What a person should know about a calendar before trusting it with a year of deadlines. */
import type { BankHoliday, CalendarData } from './data.js';
import { addMonths, dayName, formatDay, type Day } from './day.js';
import { DIVISIONS, type Division } from './division.js';
import { missingUsualDays, usualCount, yearOf } from './usualHolidays.js';

/** A migration from order to the end of its last window takes about a year. */
export const LEAST_MONTHS_AHEAD = 12;

export interface CalendarFinding {
  /** A note is unusual but has a usual reason, such as a bank holiday given once; a warning asks for something to be done. */
  severity: 'warning' | 'note';
  /** Left out for the calendar as a whole. */
  division?: Division;
  message: string;
}

/** Everything noteworthy about a calendar, as of a day. */
export function inspectCalendar(calendar: CalendarData, asOf: Day): CalendarFinding[] {
  return [...horizonFindings(calendar, asOf), ...DIVISIONS.flatMap((division) => divisionFindings(division, calendar))];
}

function horizonFindings({ from, horizon }: CalendarData, asOf: Day): CalendarFinding[] {
  if (asOf < from)
    return [{ severity: 'warning', message: `it begins on ${formatDay(from)}, after ${formatDay(asOf)}` }];
  if (horizon < asOf) return [{ severity: 'warning', message: `it ended on ${formatDay(horizon)}: get the new list` }];
  if (horizon >= addMonths(asOf, LEAST_MONTHS_AHEAD)) return [];
  const message = `it ends on ${formatDay(horizon)}, less than ${LEAST_MONTHS_AHEAD} months from ${formatDay(asOf)}: plans that reach beyond are refused; get the new list`;
  return [{ severity: 'warning', message }];
}

function divisionFindings(division: Division, { divisions, from, horizon }: CalendarData): CalendarFinding[] {
  const holidays = divisions[division];
  const wholeYears = [...new Set(holidays.map(yearOf))].filter(
    (year) => `${year}-01-01` >= from && `${year}-12-31` <= horizon,
  );
  return [
    ...wholeYears.flatMap((year) => yearFindings(division, holidays, year)),
    ...holidays.flatMap((holiday) => weekendFinding(division, holiday)),
  ];
}

function yearFindings(division: Division, holidays: readonly BankHoliday[], year: string): CalendarFinding[] {
  const count = holidays.filter((holiday) => yearOf(holiday) === year).length;
  const usual = usualCount[division];
  const missing = missingUsualDays(division, holidays, year);
  const unusual = `${year} has ${count} bank holidays instead of the usual ${usual}`;
  return [
    ...(count === usual
      ? []
      : [{ severity: count < usual ? ('warning' as const) : ('note' as const), division, message: unusual }]),
    ...missing.map((day) => ({ severity: 'warning' as const, division, message: `${year} has no ${day}` })),
  ];
}

function weekendFinding(division: Division, { on, title }: BankHoliday): CalendarFinding[] {
  const name = dayName(on);
  if (name !== 'Saturday' && name !== 'Sunday') return [];
  const message = `${on} (${title}) is a ${name}: list the substitute day that is taken instead`;
  return [{ severity: 'warning', division, message }];
}
