import type { Day } from '../calendar/day.js';
import type { PlannedMilestone, Rung } from './types.js';

/** The last day on which anything of a plan is due or sent; `asOf` where nothing is. Used inside workflows. */
export function lastDayOf(milestones: readonly PlannedMilestone[], asOf: Day): Day {
  let last = asOf;
  let lastRung: Rung | undefined;
  for (const { dueOn = asOf, ladder } of milestones) {
    if (dueOn > last) last = dueOn;
    for (const rung of ladder) if (isLater(rung, lastRung)) lastRung = rung;
  }
  const sentOn = lastRung?.on ?? asOf;
  return sentOn > last ? sentOn : last;
}

/** By the instant: all go out at the same time of the day, and numbers are compared faster than texts. */
function isLater({ atMs = -Infinity }: Rung, than: Rung | undefined): boolean {
  return atMs > (than?.atMs ?? -Infinity);
}
