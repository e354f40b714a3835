import type { Day } from '../calendar/day.js';
import type { PlannedMilestone } from './types.js';

/** The last day on which anything of a plan is due or sent; `asOf` where nothing is. Used inside workflows. */
export function lastDayOf(milestones: readonly PlannedMilestone[], asOf: Day): Day {
  let last = asOf;
  for (const { dueOn = asOf, ladder } of milestones) {
    if (dueOn > last) last = dueOn;
    for (const { on = asOf } of ladder) if (on > last) last = on;
  }
  return last;
}
