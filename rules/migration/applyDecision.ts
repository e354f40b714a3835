import type { PlannedMilestone } from '../plan/types.js';
import { reopen, withAudit, withMilestone } from './edit.js';
import type { DecisionName, DoneReport } from './events.js';
import { isOpen, milestoneState, todayOf } from './lookup.js';
import type { MigrationState } from './state.js';

interface Decided {
  decision: DecisionName;
  by: string;
  atMs: number;
}

/** Nothing that rests on the decision is owed any more: waived in the name of who decided. */
function waiveResting(state: MigrationState, { decision, by, atMs }: Decided): MigrationState {
  const reason = `decided: ${decision} is not needed`;
  const waived = { status: 'waived', settledOn: todayOf(state, atMs), settledBy: by, note: reason } as const;
  return state.plan.milestones
    .filter(({ id, restsOn }) => restsOn === decision && isOpen(state, id))
    .reduce((next, { id: milestoneId }) => {
      const changed = withMilestone(next, milestoneId, { ...waived, waivedBy: decision });
      return withAudit(changed, { atMs, actor: by, type: 'milestone.waived', data: { milestoneId, reason } });
    }, state);
}

/** It is needed after all: what the decision waived, and only that, is open again. */
function reopenResting(state: MigrationState, { decision, by, atMs }: Decided): MigrationState {
  const reason = `decided: ${decision} is needed`;
  return state.plan.milestones
    .filter(({ id }) => milestoneState(state, id).waivedBy === decision)
    .reduce((next, { id: milestoneId }) => {
      const changed = reopen(next, milestoneId);
      return withAudit(changed, { atMs, actor: by, type: 'milestone.reopened', data: { milestoneId, reason } });
    }, state);
}

/** Records the outcome of a decision that `judgeDone` has let through, and what follows from it. */
export function applyDecision(
  state: MigrationState,
  { id, decides }: PlannedMilestone,
  { outcome, by }: DoneReport,
  atMs: number,
): MigrationState {
  if (decides === undefined || outcome === undefined) return state;
  const recorded = withMilestone(state, id, { outcome });
  const decided = { decision: decides, by, atMs };
  return outcome === 'needed' ? reopenResting(recorded, decided) : waiveResting(recorded, decided);
}
