import { loadCalendar } from '../config/loadCalendar.js';
import { createWorkingDayCalendar, type WorkingDayCalendar } from '../rules/calendar/workingDays.js';

/** The working days of England and Wales, with the shipped bank holidays. */
export async function englishWorkingDays(): Promise<{ calendar: WorkingDayCalendar; holidays: string[] }> {
  const { from, horizon, divisions } = await loadCalendar();
  const division = 'england-and-wales';
  const holidays = divisions[division];
  const calendar = createWorkingDayCalendar({ division, from, horizon, holidays });
  return { calendar, holidays: holidays.map(({ on }) => on) };
}
