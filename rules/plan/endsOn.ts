import type { Day } from '../calendar/day.js';
import type { PlannedMilestone } from './types.js';

/** The last day on which anything of a plan is due or sent; `asOf` where nothing is. Used inside workflows. */
export function lastDayOf(milestones: readonly PlannedMilestone[], asOf: Day): Day {
  const days = milestones.flatMap(({ dueOn, ladder }) => [dueOn ?? asOf, ...ladder.map(({ on }) => on ?? asOf)]);
  return days.reduce((last, day) => (day > last ? day : last), asOf);
}
