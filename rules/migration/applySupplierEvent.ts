/** What a supplier's word does to the handshakes and notices of a migration. */
import { behaves } from '../plan/behaviour.js';
import { planNextIteration } from '../plan/nextIteration.js';
import type { PlannedMilestone } from '../plan/types.js';
import { reopen, withoutFields, withAudit, withMilestone, withPending, withoutPending } from './edit.js';
import type { SupplierEvent } from './events.js';
import { followLoading, isInitialLoading } from './followLoaded.js';
import { acknowledge } from './acknowledge.js';
import { anchorDay, isForAnotherDay, isForFormerDay, pickExtract } from './handshake.js';
import { hopsAfter, hopsBefore, hopsOf, isOpen, milestoneState, todayOf } from './lookup.js';
import { subjectOf } from './judge.js';
import type { MigrationState } from './state.js';
import type { Outcome } from './supplierOutcome.js';

/** What comes before a hop in its handshake is overtaken by it. */
function clearBefore(state: MigrationState, hop: PlannedMilestone, by: string, atMs: number): MigrationState {
  const before = hopsBefore(state, hop).filter((each) => isOpen(state, each.id));
  const cleared = {
    status: 'cleared' as const,
    settledOn: todayOf(state, atMs),
    settledBy: by,
    note: `overtaken by ${hop.id}`,
  };
  return before.reduce((next, each) => withMilestone(next, each.id, cleared), state);
}

/** A day that was named by mistake says nothing any more once the right one is named. */
function withoutStatedDate(state: MigrationState, hop: PlannedMilestone): MigrationState {
  const stated = [...hopsBefore(state, hop), hop].filter((each) => milestoneState(state, each.id).statedDate);
  return stated.reduce((next, each) => withoutFields(next, each.id, ['statedDate']), state);
}

/** A hop is done: what came before it in its handshake is overtaken, and a mismatch that is not told yet is settled. */
export function completeHop(state: MigrationState, hop: PlannedMilestone, by: string, atMs: number): MigrationState {
  const settledOn = todayOf(state, atMs);
  const asStated = withoutStatedDate(state, hop);
  const done = withMilestone(clearBefore(asStated, hop, by, atMs), hop.id, {
    status: 'done',
    settledOn,
    settledBy: by,
  });
  return withoutPending(done, ({ kind, milestoneId }) => kind === 'mismatch' && !isOpen(done, milestoneId));
}

/**
 * A form that names a wrong day has to be completed again, so it is the practice's once more; but it did reach the practice,
 * and nobody need ask for that.
 */
function returnForm(state: MigrationState, hop: PlannedMilestone, by: string, atMs: number): MigrationState {
  if (hop.hop?.name !== 'formReceived') return state;
  const returned = hopsOf(state, hop.hop.handshakeId).find((each) => each.hop?.name === 'formReturned');
  if (returned === undefined) return state;
  const reached = clearBefore(state, returned, by, atMs);
  return reopen(reached, returned.id);
}

/** A hop for another day than the anchor's is not done; the practice and the CSU are told of the two ways out. */
export function noteMismatch(
  state: MigrationState,
  hop: PlannedMilestone,
  statedDate: string,
  by: string,
  atMs: number,
): MigrationState {
  const noted = returnForm(withMilestone(state, hop.id, { statedDate }), hop, by, atMs);
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

/** No later hop is settled: a new word about this one is news, and not an old one that comes late. */
function isLastDone(state: MigrationState, hop: PlannedMilestone): boolean {
  return hopsAfter(state, hop).every((later) => isOpen(state, later.id));
}

function advance(state: MigrationState, hop: PlannedMilestone, event: SupplierEvent, atMs: number): Outcome {
  const wanted = anchorDay(state, hop);
  const { status } = milestoneState(state, hop.id);
  const isOther = event.date !== undefined && isForAnotherDay(state, hop, event.date, atMs);
  const isMoved = isOther && status === 'done' && isLastDone(state, hop);
  if (status !== 'open' && !isMoved) {
    return { state, milestoneId: hop.id, effect: 'noted', message: `This was already ${status}.` };
  }
  if (event.date !== undefined && isOther) {
    const message = `Noted, but the day is ${wanted ?? 'not fixed yet'}, not ${event.date}.`;
    return {
      state: noteMismatch(reopen(state, hop.id), hop, event.date, event.supplierId, atMs),
      milestoneId: hop.id,
      effect: 'mismatch',
      message,
    };
  }
  const done = completeHop(state, hop, event.supplierId, atMs);
  return { state: done, milestoneId: hop.id, effect: 'done', message: `Done: ${hop.title}` };
}

/** What was true of a day that has moved is true of nothing any more. */
function tooLate(state: MigrationState, hop: PlannedMilestone, { date }: SupplierEvent): Outcome {
  const message = `Noted, but the day has moved: it is ${anchorDay(state, hop) ?? 'not fixed yet'}, no longer ${date}.`;
  return { state, milestoneId: hop.id, effect: 'noted', message };
}

function outcomeOf(state: MigrationState, event: SupplierEvent, atMs: number): Outcome | undefined {
  const subject = subjectOf(state, event);
  if (subject.about === 'nothing') return undefined;
  if (subject.about === 'notice') return acknowledge(state, subject.milestone, event.supplierId, atMs);
  const hop = pickExtract(state, subject.ofExtracts, event, atMs);
  if (hop === undefined) return undefined;
  if (isForFormerDay(state, hop, event)) return tooLate(state, hop, event);
  if (event.type === 'extract.rejected') return rejectExtract(state, hop, event.supplierId, atMs);
  const outcome = advance(state, hop, event, atMs);
  const isLoaded = outcome.effect !== 'mismatch' && isInitialLoading(state, hop, event);
  return isLoaded ? withLoading(outcome, followLoading(outcome.state, hop, event, atMs)) : outcome;
}

/** A second word about the loading does nothing to its hop, and yet it may date what follows. */
function withLoading(outcome: Outcome, state: MigrationState): Outcome {
  const { effect, message } = outcome;
  const hasMoved = state.plan !== outcome.state.plan;
  if (!hasMoved || effect !== 'noted' || !behaves(state.plan, 'saysWhatFollows')) return { ...outcome, state };
  return { ...outcome, state, effect: 'done', message: `${message} What follows the loading has new days.` };
}

/**
 * Applies a supplier's event that `judgeSupplierEvent` has let through, and keeps the answer in the ledger.
 *
 * A webhook id that the ledger knows has no second effect. `data` is not kept: nobody can say what is in it.
 */
export function applySupplierEvent(state: MigrationState, event: SupplierEvent, atMs: number): MigrationState {
  const outcome = Object.hasOwn(state.ledger, event.webhookId) ? undefined : outcomeOf(state, event, atMs);
  if (outcome === undefined) return state;
  const { milestoneId, effect, message } = outcome;
  const answer = { webhookId: event.webhookId, migrationId: state.migrationId, milestoneId, effect, message };
  const { webhookId, type, supplierId, product, date, recordedBy = supplierId } = event;
  const named = { ...(product && { product }), ...(date && { date }) };
  const data = { webhookId, supplierId, event: type, milestoneId, effect, ...named };
  const audited = withAudit(outcome.state, { atMs, actor: recordedBy, type: 'supplier.event', data });
  return { ...audited, ledger: { ...audited.ledger, [webhookId]: answer } };
}
