import { DateTime } from 'luxon';
import type { Day } from '../rules/calendar/day.js';

/** The civil day in Europe/London at an instant, now unless given, whatever the zone of the machine. */
export function todayInLondon(nowMs: number = Date.now()): Day {
  return DateTime.fromMillis(nowMs, { zone: 'Europe/London' }).toFormat('yyyy-MM-dd');
}
