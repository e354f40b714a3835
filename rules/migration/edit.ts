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

/** Takes fields of one milestone away, so that none is left that says something else than its status. */
export function withoutFields(
  state: MigrationState,
  id: string,
  fields: readonly Exclude<keyof MilestoneState, 'status' | 'rungs'>[],
): MigrationState {
  const { status, rungs, ...rest } = milestoneState(state, id);
  const isKept = ([field]: [string, unknown]): boolean => !fields.some((gone) => gone === field);
  const kept = { status, rungs, ...Object.fromEntries(Object.entries(rest).filter(isKept)) };
  return withMilestone({ ...state, milestones: { ...state.milestones, [id]: kept } }, id, {});
}

const settledFields = [
  'settledOn',
  'settledBy',
  'note',
  'outcome',
  'waivedBy',
  'slipAcknowledged',
  'chasedOn',
] as const;

/** What was taken for settled is open again, with no trace of who settled it. */
export function reopen(state: MigrationState, id: string): MigrationState {
  if (milestoneState(state, id).status === 'open') return state;
  return withMilestone(withoutFields(state, id, settledFields), id, { status: 'open' });
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
