/** When somebody who does their part does it. */
import { instantOf } from '../calendar/clock.js';
import type { Day } from '../calendar/day.js';
import { todayOf } from '../migration/lookup.js';
import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';

/**
 * onTime: as soon as it is possible. early: the same, and in any case a minute before anybody would be reminded, so that what
 * simply comes, like the day of Go Live or the end of a right, is dealt with before the product speaks of it.
 */
export type Pace = 'early' | 'onTime';

const minuteMs = 60_000;
const now = -Infinity;

/** Hops that exist only once data have been taken. */
const afterProduction: readonly (string | undefined)[] = ['delivered', 'received'];

/** The first minute of a day; a day that has come is now. */
function beginningOf(state: MigrationState, day: Day | undefined, nowMs: number): number {
  if (day === undefined || day <= todayOf(state, nowMs)) return now;
  return instantOf(state.plan.workingTime.clock, day, 0);
}

/** When the thing itself can be done; infinite for what nobody does, because it goes by. */
function possibleAtMs(state: MigrationState, milestone: PlannedMilestone, nowMs: number): number {
  const { kind, hop, dueOn, opensOn, anchor, follows } = milestone;
  if (kind === 'expiry' || kind === 'period') return Infinity;
  if (kind === 'anchor') return beginningOf(state, dueOn, nowMs);
  if (opensOn !== undefined) return beginningOf(state, opensOn, nowMs);
  const isAfterItsAnchor = kind === 'followUp' || follows !== undefined || afterProduction.includes(hop?.name);
  return isAfterItsAnchor ? beginningOf(state, state.plan.anchors[anchor].on, nowMs) : now;
}

/** A minute before the first rung that asks for it. */
function beforeAnybodyAsksMs({ ladder }: PlannedMilestone): number {
  const asking = ladder.filter(({ type }) => type !== 'deliver');
  return Math.min(...asking.map(({ atMs }) => (atMs === undefined ? now : atMs - minuteMs)));
}

/** The instant at which a milestone is done by whoever does it, once nothing else holds it up; infinite for never. */
export function actsAtMs(state: MigrationState, milestone: PlannedMilestone, pace: Pace, nowMs: number): number {
  const possible = possibleAtMs(state, milestone, nowMs);
  return pace === 'onTime' ? possible : Math.min(possible, beforeAnybodyAsksMs(milestone));
}
