import type { Order } from '../order/schema.js';
import { dayAt } from '../calendar/clock.js';
import type { Plan } from '../plan/types.js';
import { noteMismatch } from './applySupplierEvent.js';
import { reopen } from './edit.js';
import { anchorDay } from './handshake.js';
import { hopsOf, plannedMilestone } from './lookup.js';
import { phaseOn } from './phase.js';
import type { Directory, MigrationState, MilestoneState } from './state.js';

export interface MigrationStart {
  migrationId: string;
  rehearsal: boolean;
  order: Order;
  plan: Plan;
  directory: Directory;
  /** The first instant of the migration; in a rehearsal that of the order's day. */
  atMs: number;
}

/** What the order says is done already; nothing of it is mailed. */
function alreadyDone(order: Order): Record<string, MilestoneState> {
  const { extractAuthorisation } = order.decisions;
  const authorised = extractAuthorisation && [{ milestone: 'authorise-extracts', ...extractAuthorisation }];
  return Object.fromEntries(
    [...(authorised ?? []), ...order.alreadyDone].map(({ milestone, on, by }): [string, MilestoneState] => [
      milestone,
      { status: 'done', settledOn: on, settledBy: by, note: 'before the start', rungs: {} },
    ]),
  );
}

/** Every hop before one that is done is behind us, whether or not the order lists it. */
function clearedByLaterHops(plan: Plan, done: Record<string, MilestoneState>): Record<string, MilestoneState> {
  const cleared: Record<string, MilestoneState> = {};
  for (const milestone of plan.milestones) {
    if (milestone.hop === undefined || done[milestone.id] !== undefined) continue;
    const hops = plan.milestones.filter((other) => other.hop?.handshakeId === milestone.hop?.handshakeId);
    const later = hops.slice(hops.indexOf(milestone) + 1).find((hop) => done[hop.id] !== undefined);
    const by = later === undefined ? undefined : done[later.id];
    if (by !== undefined) cleared[milestone.id] = { ...by, status: 'cleared', note: `overtaken by ${later?.id}` };
  }
  return cleared;
}

/** The state of a migration at its first instant. */
export function startMigration(start: MigrationStart): MigrationState {
  const { plan, order, atMs } = start;
  const done = alreadyDone(order);
  const milestones: Record<string, MilestoneState> = {};
  for (const { id } of plan.milestones) milestones[id] = { status: 'open', rungs: {} };
  const state: MigrationState = {
    migrationId: start.migrationId,
    rehearsal: start.rehearsal,
    status: 'running',
    phase: phaseOn(plan, dayAt(plan.workingTime.clock, atMs)),
    startedAtMs: atMs,
    directory: start.directory,
    plan,
    milestones: { ...milestones, ...clearedByLaterHops(plan, done), ...done },
    ledger: {},
    pending: [],
    outbox: [],
    dirty: plan.milestones.map((milestone) => milestone.id),
  };
  return reopenMismatches(state, order);
}

type Done = Order['alreadyDone'][number];

/** A hop that was done for another day than the plan's is not done: it escalates like one reported today. */
function reopenMismatches(state: MigrationState, { alreadyDone }: Order): MigrationState {
  const isWrong = ({ milestone, forDate }: Done): boolean => {
    const hop = plannedMilestone(state, milestone);
    return hop?.hop !== undefined && forDate !== undefined && forDate !== anchorDay(state, hop);
  };
  // A later hop for the right day shows that the mistake has been put right.
  const isPutRight = ({ milestone }: Done): boolean => {
    const handshakeId = plannedMilestone(state, milestone)?.hop?.handshakeId ?? '';
    const ids = hopsOf(state, handshakeId).map((hop) => hop.id);
    const later = ids.slice(ids.indexOf(milestone) + 1);
    return alreadyDone.some((other) => later.includes(other.milestone) && !isWrong(other));
  };
  return alreadyDone
    .filter((done) => isWrong(done) && !isPutRight(done))
    .reduce((next, { milestone, forDate = '', by }) => {
      const hop = plannedMilestone(next, milestone);
      return hop === undefined ? next : noteMismatch(reopen(next, hop.id), hop, forDate, by, next.startedAtMs);
    }, state);
}
