import { readFileSync } from 'node:fs';
import { calendarSchema } from '../../../rules/calendar/data.js';
import type { Division } from '../../../rules/calendar/division.js';
import { createWorkingDayCalendar, type Closure } from '../../../rules/calendar/workingDays.js';

const file = new URL('../../../config/calendars/uk-bank-holidays.json', import.meta.url);

export const shipped = calendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

export const calendarOf = (division: Division, closures: readonly Closure[] = []) =>
  createWorkingDayCalendar({
    division,
    holidays: shipped.divisions[division],
    from: shipped.from,
    horizon: shipped.horizon,
    closures,
  });
