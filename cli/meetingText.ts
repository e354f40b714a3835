import { isDay } from '../rules/calendar/day.js';
import { shortDay } from './plan/shortDay.js';
import { harmless } from './table.js';

/** Lines of a meeting's sheet as a terminal shows them: with the names of the days. */
export const meetingText = (lines: readonly string[]): string =>
  lines
    .map((line) => harmless(line).replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => (isDay(day) ? shortDay(day) : day)))
    .join('\n');
