/** Day arithmetic on the working time that a plan recorded. Used inside workflows: no file and no time-zone database. */
import { instantOfNumber } from '../calendar/clock.js';
import { dayNumber, dayOfNumber, type Day } from '../calendar/day.js';
import { PastHorizonError } from '../calendar/pastHorizon.js';
import { shiftNumber } from '../calendar/shift.js';
import { createWorkingDayCalendar, type WorkingDayCalendar } from '../calendar/workingDays.js';
import type { HolderId, Step, WorkingTime } from './types.js';

/** What has been worked out for one migration so far. */
interface Kept {
  calendars: Map<HolderId, WorkingDayCalendar>;
  /** By day number. */
  sendings: Map<number, Sending>;
}

/** A day on which mails go out, and the instant at which this migration's do. */
export interface Sending {
  on: Day;
  atMs: number;
}

const known = new WeakMap<WorkingTime, Kept>();

/** The one asked for last: all of a plan asks for the same, hundreds of times. */
let latest: { of: WorkingTime; kept: Kept } | undefined;

function keptOf(workingTime: WorkingTime): Kept {
  if (latest?.of === workingTime) return latest.kept;
  const kept = known.get(workingTime) ?? { calendars: new Map(), sendings: new Map() };
  known.set(workingTime, kept);
  latest = { of: workingTime, kept };
  return kept;
}

/**
 * The working days of one holder: the division's bank holidays, the closures of everyone, and the holder's own.
 *
 * A holder's closure never lengthens another's time (rules.md, E.8). Built once for each holder.
 *
 * @param holder `everyone`, the default, leaves out what is closed for one holder alone
 */
export function calendarFor(workingTime: WorkingTime, holder: HolderId = 'everyone'): WorkingDayCalendar {
  const { calendars } = keptOf(workingTime);
  const found = calendars.get(holder);
  if (found !== undefined) return found;
  const calendar = createCalendar(workingTime, holder);
  calendars.set(holder, calendar);
  return calendar;
}

/**
 * When the mails of a day go out. A plan has hundreds of rungs on fewer than a hundred days, so each is worked out once.
 *
 * @param number of the day, as `dayNumber` counts
 * @throws ClockSpanError
 */
export function sendingOn(number: number, workingTime: WorkingTime): Sending {
  const { sendings } = keptOf(workingTime);
  const found = sendings.get(number);
  if (found !== undefined) return found;
  const { clock, sendAtMinute } = workingTime;
  const sending = { on: dayOfNumber(number), atMs: instantOfNumber(clock, number, sendAtMinute) };
  sendings.set(number, sending);
  return sending;
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
