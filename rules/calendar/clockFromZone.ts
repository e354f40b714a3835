/** Apart from clock.ts, so that workflow code, which runs on the recorded data, never bundles a time-zone library. */
import { DateTime, IANAZone } from 'luxon';
import type { OffsetFrom, SendingClock } from './clock.js';
import { parseDay, type Day } from './day.js';

const LONDON = 'Europe/London';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const MINUTES_PER_DAY = 24 * 60;

export interface ClockRequest {
  /** First day of the span, inclusive. */
  fromDay: Day;
  /** Last day of the span, inclusive. */
  toDay: Day;
  /** Local minutes after midnight at which things go out: 540 is 09:00. */
  minuteOfDay: number;
}

/**
 * Records the clock changes of Europe/London from the start of `fromDay` to the end of `toDay`.
 *
 * @throws InvalidDayError; RangeError for a span that ends before it starts, or a minute outside 0 to 1439.
 */
export function createSendingClock({ fromDay, toDay, minuteOfDay }: ClockRequest): SendingClock {
  if (!Number.isInteger(minuteOfDay) || minuteOfDay < 0 || minuteOfDay >= MINUTES_PER_DAY)
    throw new RangeError(`${minuteOfDay} is not a minute of the day: 0 to ${MINUTES_PER_DAY - 1}`);
  const startMs = midnight(fromDay).toMillis();
  const untilMs = midnight(toDay).plus({ days: 1 }).toMillis();
  if (untilMs <= startMs) throw new RangeError(`the clock's last day, ${toDay}, is before its first, ${fromDay}`);
  return { zone: LONDON, minuteOfDay, offsets: offsetsBetween(startMs, untilMs), untilMs };
}

function midnight(day: Day): DateTime {
  const start = DateTime.fromISO(parseDay(day), { zone: LONDON });
  if (!start.isValid) throw new RangeError(`no midnight on ${day} in ${LONDON}: ${start.invalidExplanation ?? ''}`);
  return start;
}

function offsetsBetween(startMs: number, untilMs: number): OffsetFrom[] {
  const zone = IANAZone.create(LONDON);
  const offsets = [{ fromMs: startMs, utcOffsetMinutes: zone.offset(startMs) }];
  // Clock changes lie months apart, so at most one falls between two steps of a day.
  for (let beforeMs = startMs; beforeMs < untilMs; beforeMs += DAY_MS) {
    const afterMs = Math.min(beforeMs + DAY_MS, untilMs - MINUTE_MS);
    if (zone.offset(afterMs) !== zone.offset(beforeMs)) offsets.push(changeBetween(zone, beforeMs, afterMs));
  }
  return offsets;
}

/** The first whole minute after `beforeMs` at which the offset is that of `afterMs`. */
function changeBetween(zone: IANAZone, beforeMs: number, afterMs: number): OffsetFrom {
  const utcOffsetMinutes = zone.offset(afterMs);
  let [unchangedMs, changedMs] = [beforeMs, afterMs];
  while (changedMs - unchangedMs > MINUTE_MS) {
    const middleMs = unchangedMs + Math.floor((changedMs - unchangedMs) / (2 * MINUTE_MS)) * MINUTE_MS;
    if (zone.offset(middleMs) === utcOffsetMinutes) changedMs = middleMs;
    else unchangedMs = middleMs;
  }
  return { fromMs: changedMs, utcOffsetMinutes };
}
