/**
 * Civil time in Europe/London on recorded offsets: plain data that goes into a workflow's history, and arithmetic on it.
 *
 * No time-zone database is read here, so a replay on another machine, or years later, gives the same instants.
 * `createSendingClock` in clockFromZone.ts makes the data.
 */
import { dayNumber, dayOfNumber, type Day } from './day.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface OffsetFrom {
  /** The instant from which this offset holds; for the first entry, the start of the span. */
  fromMs: number;
  /** Local time minus UTC: 0 in winter, 60 in British Summer Time. */
  utcOffsetMinutes: number;
}

export interface SendingClock {
  zone: 'Europe/London';
  /** Minutes after midnight, local time, at which things go out unless told otherwise: 540 is 09:00. */
  minuteOfDay: number;
  /** Ascending, one entry for the start and one for each clock change within the span; never empty. */
  offsets: OffsetFrom[];
  /** End of the span, exclusive: midnight after its last day. */
  untilMs: number;
}

/** A day before or after the span that the clock was made for. */
export class ClockSpanError extends Error {
  override readonly name = 'ClockSpanError';

  constructor(readonly day: Day) {
    super(`the clock changes around ${day} were not recorded: it is outside the days this plan was made for`);
  }
}

/**
 * The instant of a local time on a day, in milliseconds since 1970, UTC: `2027-03-31` 09:00 is 08:00 UTC (summer time).
 *
 * A time that the spring change leaves out is read as if the clock had not changed yet (01:30 is then shown as 02:30); a
 * time that comes twice in autumn is the first of the two.
 *
 * @throws ClockSpanError outside the span, InvalidDayError.
 */
export function instantOf(clock: SendingClock, day: Day, minuteOfDay = clock.minuteOfDay): number {
  return instantOfNumber(clock, dayNumber(day), minuteOfDay);
}

/** `instantOf` for a day number. */
export function instantOfNumber(clock: SendingClock, number: number, minuteOfDay: number): number {
  const instantMs = firstInstantShowing(clock.offsets, number * DAY_MS + minuteOfDay * MINUTE_MS);
  const startMs = clock.offsets[0]?.fromMs;
  if (startMs !== undefined && instantMs >= startMs && instantMs < clock.untilMs) return instantMs;
  throw new ClockSpanError(dayOfNumber(number));
}

/**
 * The civil day at an instant. Outside the span the nearest recorded offset is used: a running migration must always be
 * able to tell its day.
 */
export function dayAt(clock: SendingClock, ms: number): Day {
  return dayOfNumber(Math.floor(localMsAt(clock, ms) / DAY_MS));
}

/** Minutes after local midnight at an instant, 0 to 1439, whole minutes. Outside the span like `dayAt`. */
export function minuteOfDayAt(clock: SendingClock, ms: number): number {
  const localMs = localMsAt(clock, ms);
  return Math.floor((localMs - Math.floor(localMs / DAY_MS) * DAY_MS) / MINUTE_MS);
}

function firstInstantShowing(offsets: readonly OffsetFrom[], localMs: number): number {
  let [low, high] = [0, offsets.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (instantBy(offsets[middle], localMs) < startOf(offsets[middle + 1])) high = middle;
    else low = middle + 1;
  }
  const instantMs = instantBy(offsets[low], localMs);
  // Before this change although after the end of the offset before it: the change leaves this time out.
  return low > 0 && instantMs < startOf(offsets[low]) ? instantBy(offsets[low - 1], localMs) : instantMs;
}

function instantBy(offset: OffsetFrom | undefined, localMs: number): number {
  return localMs - (offset?.utcOffsetMinutes ?? Number.NaN) * MINUTE_MS;
}

function startOf(offset: OffsetFrom | undefined): number {
  return offset?.fromMs ?? Infinity;
}

function localMsAt({ offsets }: SendingClock, ms: number): number {
  const current = offsets.findLast(({ fromMs }) => fromMs <= ms) ?? offsets[0];
  return ms + (current?.utcOffsetMinutes ?? 0) * MINUTE_MS;
}
