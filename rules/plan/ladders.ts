/** Ladders with days and instants. Used inside workflows: recorded working time alone. */
import { ClockSpanError } from '../calendar/clock.js';
import { dayNumber, type Day } from '../calendar/day.js';
import { PastHorizonError } from '../calendar/pastHorizon.js';
import type { WorkingDayNumbers } from '../calendar/workingDayNumbers.js';
import type { Ladder, LadderRung } from '../ruleset/ladderSchema.js';
import type { Rung, WorkingTime } from './types.js';
import { calendarFor, sendingOn } from './workingTime.js';

export interface DatedLadder {
  rungs: Rung[];
  /** Ids of rungs whose day is outside the calendar; they are left out. */
  dropped: string[];
}

/**
 * The day of a rung: `workingDays` from the due day in the working days of the division, closed for everyone left out.
 *
 * 0 is the due day itself, or the working day before it where it is not worked (rules.md, E.4), so that a rung always
 * falls on a working day. Positive is "late by N working days" (rules.md, E.14). Days are day numbers.
 *
 * @param numbers the working days of everyone
 * @throws PastHorizonError
 */
function rungDay(due: number, workingDays: number, numbers: WorkingDayNumbers): number {
  return workingDays === 0 ? numbers.rollBefore(due) : numbers.shift(due, workingDays);
}

/** The days between which a ladder lies. A milestone without a day keeps only the rungs that need none. */
export interface LadderDays {
  /** Rungs are counted from here: the due day, or the first day of a period. */
  from?: Day | undefined;
  /** Last day of a rung that repeats itself `until: due`, inclusive. */
  dueOn?: Day | undefined;
  /** Last day of a rung that repeats itself `until: goLive`, inclusive. */
  goLiveOn?: Day | undefined;
  /** First day of a rung that repeats itself `atOnce`. */
  opensOn?: Day | undefined;
}

/** What one ladder is dated with. */
interface Dating {
  days: LadderDays;
  workingTime: WorkingTime;
  /** The working days of everyone. */
  numbers: WorkingDayNumbers;
}

function rungOn({ type, to }: LadderRung, id: string, day: number, workingTime: WorkingTime): Rung {
  const { on, atMs } = sendingOn(day, workingTime);
  return { id, type, to, on, atMs };
}

/** Undefined where the calendar or the clock do not reach that far. */
function datedRung(rung: LadderRung, from: number, { numbers, workingTime }: Dating): Rung | undefined {
  try {
    return rungOn(rung, rung.id, rungDay(from, rung.workingDays ?? 0, numbers), workingTime);
  } catch (error) {
    if (isPastKnown(error)) return undefined;
    throw error;
  }
}

const isPastKnown = (error: unknown): boolean => error instanceof PastHorizonError || error instanceof ClockSpanError;

function knownOnly<T>(answer: () => T): T | undefined {
  try {
    return answer();
  } catch (error) {
    if (isPastKnown(error)) return undefined;
    throw error;
  }
}

/**
 * `ID-1`, `ID-2` …: every so many weeks after the first day, each moved to the working day before where it is not worked. The
 * others do not move with it: what begins on Good Friday goes out on the Thursday before, and on Fridays from then on.
 */
function repeatedRungs(rung: LadderRung, dating: Dating): Rung[] | undefined {
  const { days, workingTime, numbers } = dating;
  const first = firstRepeat(rung, dating);
  const last = rung.until === 'goLive' ? days.goLiveOn : days.dueOn;
  if (first === undefined || last === undefined) return undefined;
  return knownOnly(() => {
    const rungs: Rung[] = [];
    let before: number | undefined;
    for (let day = first; day <= dayNumber(last); day += 7 * (rung.everyWeeks ?? 1)) {
      const on = numbers.rollBefore(day);
      if (on !== before) rungs.push(rungOn(rung, `${rung.id}-${rungs.length + 1}`, on, workingTime));
      before = on;
    }
    return rungs;
  });
}

function firstRepeat(rung: LadderRung, { days: { from, opensOn }, numbers }: Dating): number | undefined {
  if (rung.atOnce === true) return opensOn === undefined ? undefined : dayNumber(opensOn);
  const { workingDays = 0 } = rung;
  if (from === undefined || workingDays === 0) return from === undefined ? undefined : dayNumber(from);
  return knownOnly(() => rungDay(dayNumber(from), workingDays, numbers));
}

/** Undefined where one of its days is outside the calendar, or there is no day to count from. */
function rungsOf(rung: LadderRung, from: number | undefined, dating: Dating): Rung | Rung[] | undefined {
  if (rung.everyWeeks !== undefined) return repeatedRungs(rung, dating);
  if (rung.atOnce === true) return { id: rung.id, type: rung.type, to: rung.to };
  return from === undefined ? undefined : datedRung(rung, from, dating);
}

/** A ladder on its days. */
export function dateLadder(ladder: Ladder, days: LadderDays, workingTime: WorkingTime): DatedLadder {
  const dated: DatedLadder = { rungs: [], dropped: [] };
  const dating: Dating = { days, workingTime, numbers: calendarFor(workingTime).numbers };
  const from = days.from === undefined ? undefined : dayNumber(days.from);
  for (const rung of ladder) {
    const found = rungsOf(rung, from, dating);
    if (found === undefined && from !== undefined) dated.dropped.push(rung.id);
    else if (Array.isArray(found)) dated.rungs.push(...found);
    else if (found !== undefined) dated.rungs.push(found);
  }
  return dated;
}
