import { dayNumber, dayOfNumber, type Day } from '../calendar/day.js';
import { PastHorizonError } from '../calendar/pastHorizon.js';
import type { AnchorName } from '../order/anchorNames.js';
import { freeDay } from './blackouts.js';
import type { Step, WorkingTime } from './types.js';
import { applySteps } from './workingTime.js';

/**
 * The earliest day that an anchor could be moved to so that a milestone still falls on `fromDay` or later.
 *
 * A working day for everyone, in no blackout of the anchor, and not before `fromDay`: an anchor cannot be moved into the past.
 * Worked, England: 5 weeks of notice, rolled before, seen from Mon 7 Dec 2026, give Mon 11 Jan 2027.
 *
 * @param anchor without it, blackouts do not count
 * @returns undefined where no day that the calendar knows is late enough
 */
export function earliestAnchorDay(
  steps: readonly Step[],
  fromDay: Day,
  workingTime: WorkingTime,
  anchor?: AnchorName,
): Day | undefined {
  const first = firstDayInTime(steps, fromDay, fromDay, workingTime);
  return first === undefined ? undefined : freeDay(first, anchor, workingTime);
}

/**
 * The first day from `notBefore` on, worked or not, that leads to `fromDay` or later: every day after it does so too, because a
 * later anchor never has an earlier deadline.
 *
 * It jumps ahead by as many days as are missing until there is enough, then halves: a dozen looks instead of a hundred.
 */
export function firstDayInTime(
  steps: readonly Step[],
  notBefore: Day,
  fromDay: Day,
  workingTime: WorkingTime,
): Day | undefined {
  const wanted = dayNumber(fromDay);
  const horizon = dayNumber(workingTime.horizon);
  const reachedFrom = (day: number): number => reached(dayOfNumber(day), steps, workingTime);
  let tooEarly = dayNumber(notBefore) - 1;
  let enough = tooEarly + 1;
  for (let missing = wanted - reachedFrom(enough); missing > 0; missing = wanted - reachedFrom(enough)) {
    if (enough >= horizon) return undefined;
    tooEarly = enough;
    enough = Math.min(enough + missing, horizon);
  }
  while (enough - tooEarly > 1) {
    const middle = Math.floor((tooEarly + enough) / 2);
    if (reachedFrom(middle) >= wanted) enough = middle;
    else tooEarly = middle;
  }
  return reachedFrom(enough) === Infinity ? undefined : dayOfNumber(enough);
}

/** Day number of the latest start; the day before the calendar's first where that is too early to be known, else Infinity. */
function reached(day: Day, steps: readonly Step[], workingTime: WorkingTime): number {
  try {
    return dayNumber(applySteps(day, steps, workingTime));
  } catch (error) {
    if (!(error instanceof PastHorizonError)) throw error;
    const isEarly = error.move === undefined ? error.day < workingTime.from : error.move.amount < 0;
    return isEarly ? dayNumber(workingTime.from) - 1 : Infinity;
  }
}
