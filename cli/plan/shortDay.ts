import { dayName, type Day } from '../../rules/calendar/day.js';

/** A day for a table: `Thu 2027-01-07`. */
export const shortDay = (day: Day): string => `${dayName(day).slice(0, 3)} ${day}`;
