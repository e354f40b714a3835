/** What a supplier's word does to the handshakes and notices of a migration. */
import { planNextIteration } from '../plan/nextIteration.js';
import type { PlannedMilestone } from '../plan/types.js';
import { withAudit, withMilestone, withPending, withoutPending } from './edit.js';
import type { SupplierEvent, SupplierEventAnswer } from './events.js';
import { anchorDay } from './handshake.js';
import { hopsOf, isOpen, milestoneState, todayOf } from './lookup.js';
import { subjectOf } from './judge.js';
import type { MigrationState } from './state.js';

interface Outcome {
  state: MigrationState;
  milestoneId: string;
  effect: SupplierEventAnswer['effect'];
  message: string;
}

/** A hop is done: what came before it in its handshake is overtaken, and a mismatch about it is settled. */
export function completeHop(state: MigrationState, hop: PlannedMilestone, by: string, atMs: number): MigrationState {
  const settledOn = todayOf(state, atMs);
  const hops = hop.hop === undefined ? [hop] : hopsOf(state, hop.hop.handshakeId);
  const before = hops.slice(0, hops.indexOf(hop)).filter((each) => isOpen(state, each.id));
  const cleared = before.reduce(
    (next, each) =>
      withMilestone(next, each.id, { status: 'cleared', settledOn, settledBy: by, note: `overtaken by ${hop.id}` }),
    withMilestone(state, hop.id, { status: 'done', settledOn, settledBy: by }),
  );
  const behind = new Set([hop.id, ...before.map((each) => each.id)]);
  return withoutPending(cleared, (notice) => notice.kind === 'mismatch' && behind.has(notice.milestoneId));
}

/** A hop for another day than the anchor's is not done; the practice and the CSU are told of the two ways out. */
export function noteMismatch(state: MigrationState, hop: PlannedMilestone, statedDate: string): MigrationState {
  const noted = withMilestone(state, hop.id, { statedDate });
  const occasion = `mismatch-v${state.plan.dateVersion}-${statedDate}`;
  return (['practice', 'operator'] as const).reduce(
    (next, audience) =>
      withPending(next, { kind: 'mismatch', audience, milestoneId: hop.id, rungId: `${occasion}-${audience}` }),
    noted,
  );
}

function rejectExtract(state: MigrationState, hop: PlannedMilestone, by: string, atMs: number): Outcome {
  const { handshakeId = '', iteration = 1 } = hop.hop ?? {};
  const hops = hopsOf(state, handshakeId);
  const delivered = hops.find((each) => each.hop?.name === 'delivered');
  if (iteration > 1 && delivered !== undefined && isOpen(state, delivered.id)) {
    return { state, milestoneId: hop.id, effect: 'noted', message: 'The next extract is already on its way.' };
  }
  const today = todayOf(state, atMs);
  const closedHops = hops
    .filter((each) => isOpen(state, each.id) || each.id === hop.id)
    .reduce(
      (next, each) => withMilestone(next, each.id, { status: 'rejected', settledOn: today, settledBy: by }),
      state,
    );
  const next = planNextIteration(closedHops.plan, closedHops.directory, handshakeId, iteration + 1, today);
  const planned = { ...closedHops, plan: { ...closedHops.plan, milestones: [...closedHops.plan.milestones, ...next] } };
  const opened = next.reduce((result, each) => withMilestone(result, each.id, {}), planned);
  return {
    state: opened,
    milestoneId: next[0]?.id ?? hop.id,
    effect: 'reopened',
    message: `Iteration ${iteration + 1} is open.`,
  };
}

function advance(state: MigrationState, hop: PlannedMilestone, event: SupplierEvent, atMs: number): Outcome {
  const wanted = anchorDay(state, hop);
  const { status } = milestoneState(state, hop.id);
  if (status !== 'open') {
    return { state, milestoneId: hop.id, effect: 'noted', message: `This was already ${status}.` };
  }
  if (event.date !== undefined && event.date !== wanted) {
    const message = `Noted, but the day is ${wanted ?? 'not fixed yet'}, not ${event.date}.`;
    return { state: noteMismatch(state, hop, event.date), milestoneId: hop.id, effect: 'mismatch', message };
  }
  const done = completeHop(state, hop, event.supplierId, atMs);
  return { state: done, milestoneId: hop.id, effect: 'done', message: `Done: ${hop.title}` };
}

function acknowledge(state: MigrationState, notice: PlannedMilestone, atMs: number): Outcome {
  const first = milestoneState(state, notice.id).acknowledgedOn === undefined;
  const acknowledgedOn = todayOf(state, atMs);
  return {
    state: first ? withMilestone(state, notice.id, { acknowledgedOn }) : state,
    milestoneId: notice.id,
    effect: first ? 'done' : 'noted',
    message: first ? 'The acknowledgement is recorded.' : 'This was already acknowledged.',
  };
}

function outcomeOf(state: MigrationState, event: SupplierEvent, atMs: number): Outcome | undefined {
  const subject = subjectOf(state, event);
  if (subject.about === 'nothing') return undefined;
  if (subject.about === 'notice') return acknowledge(state, subject.milestone, atMs);
  return event.type === 'extract.rejected'
    ? rejectExtract(state, subject.milestone, event.supplierId, atMs)
    : advance(state, subject.milestone, event, atMs);
}

/**
 * Applies a supplier's event that `judgeSupplierEvent` has let through, and keeps the answer in the ledger.
 *
 * A webhook id that the ledger knows has no second effect. `data` is not kept: nobody can say what is in it.
 */
export function applySupplierEvent(state: MigrationState, event: SupplierEvent, atMs: number): MigrationState {
  const outcome = state.ledger[event.webhookId] === undefined ? outcomeOf(state, event, atMs) : undefined;
  if (outcome === undefined) return state;
  const { milestoneId, effect, message } = outcome;
  const answer = { webhookId: event.webhookId, migrationId: state.migrationId, milestoneId, effect, message };
  const { webhookId, type, supplierId, product, date } = event;
  const data = { webhookId, event: type, milestoneId, effect, ...(product && { product }), ...(date && { date }) };
  const audited = withAudit(outcome.state, { atMs, actor: supplierId, type: 'supplier.event', data });
  return { ...audited, ledger: { ...audited.ledger, [webhookId]: answer } };
}
