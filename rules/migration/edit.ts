/** The few ways in which a state changes, each giving a new state. */
import type { AuditDraft, MigrationState, MilestoneState, PendingNotice } from './state.js';
import { milestoneState } from './lookup.js';

/** Changes one milestone and marks its register row as out of date. */
export function withMilestone(state: MigrationState, id: string, change: Partial<MilestoneState>): MigrationState {
  return {
    ...state,
    milestones: { ...state.milestones, [id]: { ...milestoneState(state, id), ...change } },
    dirty: state.dirty.includes(id) ? state.dirty : [...state.dirty, id],
  };
}

export function withRungs(
  state: MigrationState,
  id: string,
  rungIds: readonly string[],
  mark: 'sent' | 'superseded',
): MigrationState {
  const marks = Object.fromEntries(rungIds.map((rungId) => [rungId, mark]));
  return withMilestone(state, id, { rungs: { ...milestoneState(state, id).rungs, ...marks } });
}

export function withAudit(state: MigrationState, draft: AuditDraft): MigrationState {
  return { ...state, outbox: [...state.outbox, draft] };
}

/** Queues something to tell; the same thing twice is one. */
export function withPending(state: MigrationState, notice: PendingNotice): MigrationState {
  const known = milestoneState(state, notice.milestoneId).rungs[notice.rungId] !== undefined;
  const queued = state.pending.some(
    (other) => other.milestoneId === notice.milestoneId && other.rungId === notice.rungId,
  );
  return known || queued ? state : { ...state, pending: [...state.pending, notice] };
}

export function withoutPending(state: MigrationState, drop: (notice: PendingNotice) => boolean): MigrationState {
  return { ...state, pending: state.pending.filter((notice) => !drop(notice)) };
}
