import type { Order } from '../order/schema.js';
import { dayAt } from '../calendar/clock.js';
import type { Plan } from '../plan/types.js';
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
  const reported = order.alreadyDone.map(({ milestone, on, by }) => [
    milestone,
    { status: 'done' as const, settledOn: on, settledBy: by, note: 'before the start', rungs: {} },
  ]);
  const { extractAuthorisation } = order.decisions;
  const authorised =
    extractAuthorisation === undefined
      ? []
      : [
          [
            'authorise-extracts',
            {
              status: 'done' as const,
              settledOn: extractAuthorisation.on,
              settledBy: extractAuthorisation.by,
              rungs: {},
            },
          ],
        ];
  return Object.fromEntries([...authorised, ...reported]);
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
  const milestones = Object.fromEntries(
    plan.milestones.map((milestone): [string, MilestoneState] => [milestone.id, { status: 'open', rungs: {} }]),
  );
  return {
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
}
