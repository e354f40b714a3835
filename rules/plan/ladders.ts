/** Ladders with days and instants. Used inside workflows: recorded working time alone. */
import { ClockSpanError, instantOf } from '../calendar/clock.js';
import type { Day } from '../calendar/day.js';
import { PastHorizonError } from '../calendar/pastHorizon.js';
import type { Ladder, LadderRung } from '../ruleset/schema.js';
import type { Rung, WorkingTime } from './types.js';
import { calendarFor } from './workingTime.js';

export interface DatedLadder {
  rungs: Rung[];
  /** Ids of rungs whose day is outside the calendar; they are left out. */
  dropped: string[];
}

/**
 * The day of a rung: `workingDays` from the due day in the working days of the division, closed for everyone left out.
 *
 * 0 is the due day itself, or the working day before it where it is not worked (rules.md, E.4), so that a rung always
 * falls on a working day. Positive is "late by N working days" (rules.md, E.14).
 *
 * @throws PastHorizonError
 */
function rungDay(dueOn: Day, workingDays: number, workingTime: WorkingTime): Day {
  const calendar = calendarFor(workingTime);
  return workingDays === 0 ? calendar.rollBefore(dueOn) : calendar.shiftWorkingDays(dueOn, workingDays);
}

function datedRung(rung: LadderRung, dueOn: Day, workingTime: WorkingTime): Rung | undefined {
  try {
    const on = rungDay(dueOn, rung.workingDays ?? 0, workingTime);
    const atMs = instantOf(workingTime.clock, on, workingTime.sendAtMinute);
    return { id: rung.id, type: rung.type, to: rung.to, on, atMs };
  } catch (error) {
    if (error instanceof PastHorizonError || error instanceof ClockSpanError) return undefined;
    throw error;
  }
}

/** A milestone without a day keeps only the rungs that need none. */
export function dateLadder(ladder: Ladder, dueOn: Day | undefined, workingTime: WorkingTime): DatedLadder {
  const dated: DatedLadder = { rungs: [], dropped: [] };
  for (const rung of ladder) {
    if (rung.atOnce === true) dated.rungs.push({ id: rung.id, type: rung.type, to: rung.to });
    else if (dueOn !== undefined) {
      const found = datedRung(rung, dueOn, workingTime);
      if (found === undefined) dated.dropped.push(rung.id);
      else dated.rungs.push(found);
    }
  }
  return dated;
}
