import { addDays, type Day } from '../calendar/day.js';
import type { Step, WorkingTime } from './types.js';
import { applyStepsWithin, calendarFor } from './workingTime.js';

/**
 * The earliest day that an anchor could be moved to so that a milestone still falls on `fromDay` or later.
 *
 * A working day for everyone, not before `fromDay`: an anchor cannot be moved into the past. Worked, England: 5 weeks of
 * notice, rolled before, seen from Mon 7 Dec 2026, give Mon 11 Jan 2027.
 *
 * @returns undefined where no day that the calendar knows is late enough
 */
export function earliestAnchorDay(steps: readonly Step[], fromDay: Day, workingTime: WorkingTime): Day | undefined {
  const calendar = calendarFor(workingTime);
  for (let day = fromDay; day <= workingTime.horizon; day = addDays(day, 1)) {
    if (!calendar.isWorkingDay(day)) continue;
    const due = applyStepsWithin(day, steps, workingTime);
    if (due === undefined || due >= fromDay) return due === undefined ? undefined : day;
  }
  return undefined;
}
