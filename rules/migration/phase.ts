import type { Day } from '../calendar/day.js';
import type { Plan } from '../plan/types.js';
import type { Phase } from './events.js';

/** Each phase with the anchor on whose day it begins. */
const phaseStarts = [
  ['postGoLive', 'goLive'],
  ['cutOver', 'finalDataProduction'],
  ['dataChecking', 'initialDataProduction'],
] as const;

/**
 * The phase that a migration is in on a day: pre-migration until the Initial data production day, data checking from that day
 * on, cut-over from the Final data production day on, post Go Live from Go Live on.
 */
export function phaseOn(plan: Plan, day: Day): Phase {
  for (const [phase, anchor] of phaseStarts) {
    const { on } = plan.anchors[anchor];
    if (on !== undefined && on <= day) return phase;
  }
  return 'preMigration';
}

/** The days on which a new phase begins. */
export function phaseDays(plan: Plan): Day[] {
  return phaseStarts.flatMap(([, anchor]) => plan.anchors[anchor].on ?? []);
}
