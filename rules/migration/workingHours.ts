import { instantOf, minuteOfDayAt } from '../calendar/clock.js';
import { addDays, type Day } from '../calendar/day.js';
import { calendarFor } from '../plan/workingTime.js';
import { todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

/** True on a working day between this migration's sending time and the end of working hours. */
export function inWorkingHours(state: MigrationState, nowMs: number): boolean {
  const { workingTime } = state.plan;
  const minute = minuteOfDayAt(workingTime.clock, nowMs);
  const working = calendarFor(workingTime).isWorkingDay(todayOf(state, nowMs));
  return working && minute >= workingTime.sendAtMinute && minute < workingTime.workUntilMinute;
}

/** The instant at which this migration's mails go out on a day. */
export function sendingInstant(state: MigrationState, day: Day): number {
  return instantOf(state.plan.workingTime.clock, day, state.plan.workingTime.sendAtMinute);
}

/** The next instant, after now, at which mails may go out. */
export function nextSendingInstant(state: MigrationState, nowMs: number): number {
  const calendar = calendarFor(state.plan.workingTime);
  const today = todayOf(state, nowMs);
  if (calendar.isWorkingDay(today) && sendingInstant(state, today) > nowMs) return sendingInstant(state, today);
  return sendingInstant(state, calendar.rollAfter(addDays(today, 1)));
}
