import { instantOf, minuteOfDayAt } from '../calendar/clock.js';
import { addDays, dayNumber, weekdayOfNumber, type Day } from '../calendar/day.js';
import type { Plan } from '../plan/types.js';
import { calendarFor } from '../plan/workingTime.js';
import { todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

/** Past the last day whose bank holidays are known, Monday to Friday: a migration that outlives its calendar still runs. */
function isWorked({ workingTime }: Plan, day: Day): boolean {
  return day > workingTime.horizon ? weekdayOfNumber(dayNumber(day)) <= 5 : calendarFor(workingTime).isWorkingDay(day);
}

/** True on a working day between this migration's sending time and the end of working hours. */
export function inWorkingHours(state: MigrationState, nowMs: number): boolean {
  const { workingTime } = state.plan;
  const minute = minuteOfDayAt(workingTime.clock, nowMs);
  const working = isWorked(state.plan, todayOf(state, nowMs));
  return working && minute >= workingTime.sendAtMinute && minute < workingTime.workUntilMinute;
}

/** The instant at which this migration's mails go out on a day. */
export function sendingInstant(state: MigrationState, day: Day): number {
  return instantOf(state.plan.workingTime.clock, day, state.plan.workingTime.sendAtMinute);
}

const dayMs = 86_400_000;

/** The next instant, after now, at which mails may go out. */
export function nextSendingInstant(state: MigrationState, nowMs: number): number {
  const { workingTime } = state.plan;
  for (let day = todayOf(state, nowMs); day <= workingTime.horizon; day = addDays(day, 1))
    if (isWorked(state.plan, day) && sendingInstant(state, day) > nowMs) return sendingInstant(state, day);
  return nextPastHorizon(state, nowMs);
}

/** By the last offset that was recorded, to the minute. */
function nextPastHorizon(state: MigrationState, nowMs: number): number {
  const { clock, sendAtMinute } = state.plan.workingTime;
  let atMs = nowMs + (sendAtMinute - minuteOfDayAt(clock, nowMs)) * 60_000;
  while (atMs <= nowMs || !inWorkingHours(state, atMs)) atMs += dayMs;
  return atMs;
}
