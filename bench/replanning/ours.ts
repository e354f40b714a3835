import { dayNumber, dayOfNumber } from '../../rules/calendar/day.js';
import { shiftNumber } from '../../rules/calendar/shift.js';
import type { WorkingTime } from '../../rules/plan/types.js';
import { calendarFor } from '../../rules/plan/workingTime.js';
import type { Arithmetic } from './dating.js';

/** The product's tables, on day numbers. */
export function ours(workingTime: WorkingTime): Arithmetic<number> {
  return {
    read: dayNumber,
    write: dayOfNumber,
    move: (number, { amount, unit, roll, calendarOf }) =>
      shiftNumber(calendarFor(workingTime, calendarOf), number, amount, unit, roll === 'none' ? undefined : roll),
  };
}
