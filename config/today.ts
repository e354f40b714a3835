import { DateTime } from 'luxon';
import type { Day } from '../rules/calendar/day.js';

const MINUTE_MS = 60_000;

const dayAt = (instantMs: number): Day =>
  DateTime.fromMillis(instantMs, { zone: 'Europe/London' }).toFormat('yyyy-MM-dd');

let last = { minute: 0, day: dayAt(0) };

/**
 * The civil day in Europe/London at an instant, now unless given, whatever the zone of the machine. Every answer of the list
 * asks for it, and days begin on whole minutes: it is worked out once a minute.
 */
export function todayInLondon(nowMs: number = Date.now()): Day {
  const minute = Math.floor(nowMs / MINUTE_MS);
  if (minute !== last.minute) last = { minute, day: dayAt(nowMs) };
  return last.day;
}
