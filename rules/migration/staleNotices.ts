/** Words that wait for the morning and that nobody should hear any more. */
import { behaves } from '../plan/behaviour.js';
import { withoutPending } from './edit.js';
import { isOpen, milestoneState } from './lookup.js';
import type { MigrationState } from './state.js';

/** Open again, or late again by another move of its day. */
function isBack(before: MigrationState, after: MigrationState, id: string): boolean {
  if (!isOpen(after, id)) return false;
  const wasLate = milestoneState(before, id).slippedOn !== undefined;
  return !isOpen(before, id) || (!wasLate && milestoneState(after, id).slippedOn !== undefined);
}

/** Takes back word that something is over which has come back, and of the new day of something that is over by now. */
export function withoutStaleNotices(before: MigrationState, after: MigrationState): MigrationState {
  if (after.pending.length === 0 || before.milestones === after.milestones) return after;
  const revokes = behaves(after.plan, 'clearsForHolder');
  const forgets = behaves(after.plan, 'movesOnce');
  return withoutPending(after, ({ kind, milestoneId }) => {
    if (kind === 'allClear') return revokes && isBack(before, after, milestoneId);
    return kind === 'dateMoved' && forgets && !isOpen(after, milestoneId);
  });
}
