/** Day arithmetic on the working time that a plan recorded. Used inside workflows: no file and no time-zone database. */
import { dayNumber, dayOfNumber, type Day } from '../calendar/day.js';
import { PastHorizonError } from '../calendar/pastHorizon.js';
import { shiftNumber } from '../calendar/shift.js';
import { createWorkingDayCalendar, type WorkingDayCalendar } from '../calendar/workingDays.js';
import type { HolderId, Step, WorkingTime } from './types.js';

const known = new WeakMap<WorkingTime, Map<string, WorkingDayCalendar>>();

/**
 * The working days of one holder: the division's bank holidays, the closures of everyone, and the holder's own.
 *
 * A holder's closure never lengthens another's time (rules.md, E.8). Built once for each holder.
 *
 * @param holder `everyone`, the default, leaves out what is closed for one holder alone
 */
export function calendarFor(workingTime: WorkingTime, holder: HolderId = 'everyone'): WorkingDayCalendar {
  const calendars = calendarsOf(workingTime);
  const found = calendars.get(holder);
  if (found !== undefined) return found;
  const calendar = createCalendar(workingTime, holder);
  calendars.set(holder, calendar);
  return calendar;
}

/** The one asked for last: all of a plan asks for the same, hundreds of times. */
let latest: { of: WorkingTime; calendars: Map<HolderId, WorkingDayCalendar> } | undefined;

function calendarsOf(workingTime: WorkingTime): Map<HolderId, WorkingDayCalendar> {
  if (latest?.of === workingTime) return latest.calendars;
  const calendars = known.get(workingTime) ?? new Map<HolderId, WorkingDayCalendar>();
  known.set(workingTime, calendars);
  latest = { of: workingTime, calendars };
  return calendars;
}

/** Who has no closures of their own shares the calendar of everyone. */
function createCalendar(workingTime: WorkingTime, holder: HolderId): WorkingDayCalendar {
  const { division, from, horizon, holidays, closures } = workingTime;
  if (holder !== 'everyone' && !closures.some((closure) => closure.holder === holder)) return calendarFor(workingTime);
  const own = closures.filter((closure) => closure.holder === 'everyone' || closure.holder === holder);
  return createWorkingDayCalendar({ division, from, horizon, holidays, closures: own });
}

/**
 * Applies the steps of a milestone, in order, to a day of its anchor.
 *
 * @throws PastHorizonError when a day on the way is outside the calendar
 */
export function applySteps(anchorDay: Day, steps: readonly Step[], workingTime: WorkingTime): Day {
  if (steps.length === 0) return anchorDay;
  return dayOfNumber(applyStepsToNumber(dayNumber(anchorDay), steps, workingTime));
}

/** `applySteps` in day numbers. */
export function applyStepsToNumber(anchorDay: number, steps: readonly Step[], workingTime: WorkingTime): number {
  let number = anchorDay;
  for (const { amount, unit, roll, calendarOf } of steps) {
    const calendar = calendarFor(workingTime, calendarOf);
    number = shiftNumber(calendar, number, amount, unit, roll === 'none' ? undefined : roll);
  }
  return number;
}

/** The same, undefined where a day on the way is outside the calendar. */
export function applyStepsWithin(anchorDay: Day, steps: readonly Step[], workingTime: WorkingTime): Day | undefined {
  try {
    return applySteps(anchorDay, steps, workingTime);
  } catch (error) {
    if (error instanceof PastHorizonError) return undefined;
    throw error;
  }
}
