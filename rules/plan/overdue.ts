import { formatDay } from '../calendar/day.js';
import { describeLength } from '../calendar/wording.js';
import { anchorPath } from './dating.js';
import { owesNothing } from './goesBy.js';
import type { Judged } from './latestStarts.js';
import type { PlannedMilestone, Problem } from './types.js';
import { calendarFor } from './workingTime.js';

/**
 * Everything beside the latest starts that should be done by now: a migration taken over late begins with these.
 *
 * @param starts the latest starts, which are risks of their own
 */
export function overdue(
  { milestones, asOf, workingTime }: Judged,
  settled: ReadonlySet<string>,
  starts: readonly PlannedMilestone[],
): Problem[] {
  const startIds = new Set(starts.map(({ id }) => id));
  const late = milestones.filter(({ id, kind, dueOn, anchor, waitsFor }) => {
    if (dueOn === undefined || dueOn >= asOf || owesNothing({ kind }) || startIds.has(id)) return false;
    return !settled.has(id) && !settled.has(`anchor.${anchor}`) && waitsFor.every((other) => settled.has(other));
  });
  return late.map(({ id, title, anchor, dueOn = asOf }) => {
    const amount = calendarFor(workingTime).workingDaysBetween(dueOn, asOf);
    const ago = describeLength({ amount, unit: 'workingDays' });
    const message = `"${title}" was due on ${formatDay(dueOn)}, ${ago} ago; have it done, or list it under alreadyDone`;
    return { severity: 'warning', code: 'due-day-passed', message, path: anchorPath(anchor), milestoneId: id };
  });
}
