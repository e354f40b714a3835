import { loadCalendar } from '../../config/loadCalendar.js';
import { todayInLondon } from '../../config/today.js';
import type { RegisteredMigration } from '../../register/types.js';
import { DIVISIONS, type Division } from '../../rules/calendar/division.js';
import { createWorkingDayCalendar, type WorkingDayCalendar } from '../../rules/calendar/workingDays.js';
import { ratingDays, standingOf, type RatingDays, type Standing } from '../../rules/portfolio/standing.js';

/** So many working days before something that an anchor hangs on, an operator should look. */
const AMBER_WORKING_DAYS = 5;

/** How migrations stand on one day, by the bank holidays of their divisions. */
export interface Standings {
  days: Record<Division, RatingDays>;
  /** Absent for a migration that has ended, and for a rehearsal, whose days are not ours. */
  of(row: RegisteredMigration): Standing | undefined;
}

const byDivision = <Value>(valueOf: (division: Division) => Value): Record<Division, Value> => ({
  'england-and-wales': valueOf('england-and-wales'),
  scotland: valueOf('scotland'),
  'northern-ireland': valueOf('northern-ireland'),
});

async function workingDays(): Promise<Record<Division, WorkingDayCalendar>> {
  const { from, horizon, divisions } = await loadCalendar();
  return byDivision((division) => createWorkingDayCalendar({ division, from, horizon, holidays: divisions[division] }));
}

/** Standings with the calendar of the deployment, which is read once. @throws CalendarFileError */
export function createStandings(nowMs: () => number = Date.now): () => Promise<Standings> {
  let reading: ReturnType<typeof workingDays> | undefined;
  return async () => {
    const calendars = await (reading ??= workingDays());
    const today = todayInLondon(nowMs());
    const days = byDivision((division) => ratingDays(today, AMBER_WORKING_DAYS, calendars[division]));
    const of = (row: RegisteredMigration): Standing | undefined => {
      const division = DIVISIONS.find((each) => each === row.division);
      return row.rehearsal || division === undefined ? undefined : standingOf(row, days[division], calendars[division]);
    };
    return { days, of };
  };
}
