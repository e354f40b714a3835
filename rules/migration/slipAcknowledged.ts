/** An operator takes a slip on: its ladder rests, and whoever looks at it sees who is at it. */
import type { PlannedMilestone } from '../plan/types.js';
import { withAudit, withMilestone } from './edit.js';
import type { Rejection, SlipAcknowledgement } from './events.js';
import { judgeSettling } from './judge.js';
import { isOpen, milestoneState, todayOf } from './lookup.js';
import { refuse } from './refuse.js';
import type { MigrationState } from './state.js';

const hasSlipped = (state: MigrationState, { id }: Pick<PlannedMilestone, 'id'>): boolean =>
  isOpen(state, id) && milestoneState(state, id).slippedOn !== undefined;

/** Only an open milestone that is past its day can be taken on. */
export function judgeSlipAcknowledgement(
  state: MigrationState,
  { milestoneId }: SlipAcknowledgement,
): Rejection | undefined {
  const settled = judgeSettling(state, milestoneId);
  if (settled !== undefined || hasSlipped(state, { id: milestoneId })) return settled;
  const slipped = state.plan.milestones.filter((each) => hasSlipped(state, each)).map(({ id }) => id);
  return refuse('NotSlipped', `"${milestoneId}" is not late.`, slipped);
}

/** The last word counts: a second operator takes it over from the first. */
export function applySlipAcknowledged(
  state: MigrationState,
  { milestoneId, by, note }: SlipAcknowledgement,
  atMs: number,
): MigrationState {
  const words = note === undefined ? {} : { note };
  const changed = withMilestone(state, milestoneId, { slipAcknowledged: { by, on: todayOf(state, atMs), ...words } });
  return withAudit(changed, { atMs, actor: by, type: 'slip.acknowledged', data: { milestoneId, ...words } });
}
