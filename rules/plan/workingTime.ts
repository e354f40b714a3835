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

/**
 * The last few that were asked for, the newest first: all of a plan asks for the same, hundreds of times. Not a WeakMap, whose
 * values outlive the plans that they were made for until the next big garbage collection: planning thousands would spend a
 * third of its time on that.
 */
let recent: readonly { of: WorkingTime; kept: Kept }[] = [];
const MOST_RECENT = 4;

function keptOf(workingTime: WorkingTime): Kept {
  const [newest] = recent;
  if (newest?.of === workingTime) return newest.kept;
  const found = recent.find(({ of }) => of === workingTime) ?? { of: workingTime, kept: nothingYet() };
  recent = [found, ...recent.filter((each) => each !== found)].slice(0, MOST_RECENT);
  return found.kept;
}

const nothingYet = (): Kept => ({ calendars: new Map(), sendings: new Map() });

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
