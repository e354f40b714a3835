/** What operators do: report something done, waive it, replace a contact. */
import type { Day } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import { applyDecision } from './applyDecision.js';
import { completeHop, noteMismatch } from './applySupplierEvent.js';
import { withContact } from './contacts.js';
import { withAddressMended } from './deadAddress.js';
import { withAudit, withMilestone, withoutFields, withPending } from './edit.js';
import type { ContactAmendment, DoneReport } from './events.js';
import { isForAnotherDay, isForFormerDay } from './handshake.js';
import { hopsOf, isOpen, milestoneState, plannedMilestone, todayOf } from './lookup.js';
import { toldAnchors } from './redate/again.js';
import type { MigrationState } from './state.js';

/** Confirming an anchor: nothing that hangs on it is provisional any more. */
function confirmAnchor(state: MigrationState, milestone: PlannedMilestone): MigrationState {
  const { anchor } = milestone;
  const { plan } = state;
  const anchors = { ...plan.anchors, [anchor]: { ...plan.anchors[anchor], status: 'confirmed' as const } };
  const milestones = plan.milestones.map((each) => (each.anchor === anchor ? { ...each, provisional: false } : each));
  const touched = milestones.filter((each) => each.anchor === anchor).map((each) => each.id);
  return { ...state, plan: { ...plan, anchors, milestones }, dirty: [...new Set([...state.dirty, ...touched])] };
}

/** The reference of a call or letter, and who signed, as one line. */
function noteOf({ reference, signedBy }: DoneReport): string | undefined {
  const parts = [reference ?? [], signedBy === undefined ? [] : `signed by ${signedBy}`].flat();
  return parts.length === 0 ? undefined : parts.join('; ');
}

function settle(state: MigrationState, milestone: PlannedMilestone, report: DoneReport, atMs: number): MigrationState {
  const { on = todayOf(state, atMs), by, forDate } = report;
  const note = noteOf(report);
  if (milestone.hop !== undefined && forDate !== undefined && isForAnotherDay(state, milestone, forDate, atMs)) {
    return noteMismatch(state, milestone, forDate, by, atMs);
  }
  const done = { status: 'done' as const, settledOn: on, settledBy: by, ...(note && { note }) };
  if (milestone.hop !== undefined) return withMilestone(completeHop(state, milestone, by, atMs), milestone.id, done);
  const settled = withMilestone(withoutFields(state, milestone.id, ['note']), milestone.id, done);
  if (milestone.decides !== undefined) return applyDecision(settled, milestone, report, atMs);
  return milestone.kind === 'confirmation' ? confirmAnchor(settled, milestone) : settled;
}

/** What was true of a day that has moved is true of nothing any more. */
const isTooLate = (state: MigrationState, milestone: PlannedMilestone, { forDate }: DoneReport): boolean =>
  behaves(state.plan, 'notesLateReports') &&
  milestone.hop !== undefined &&
  forDate !== undefined &&
  isForFormerDay(state, milestone, { date: forDate });

/** Applies a report that `judgeDone` has let through. */
export function applyDone(state: MigrationState, report: DoneReport, atMs: number): MigrationState {
  const milestone = plannedMilestone(state, report.milestoneId);
  if (milestone === undefined) return state;
  const { milestoneId, on = todayOf(state, atMs), by, reference, forDate, outcome, signedBy } = report;
  const isLate = isTooLate(state, milestone, report);
  const settled = isLate ? state : settle(state, milestone, report, atMs);
  const isDone = milestoneState(settled, milestoneId).status === 'done';
  const effect = isLate ? 'noted' : isDone ? 'done' : 'mismatch';
  const said = { ...(reference && { reference }), ...(forDate && { forDate }) };
  const data = { milestoneId, on, effect, ...said, ...(outcome && { outcome }), ...(signedBy && { signedBy }) };
  return withAudit(settled, { atMs, actor: by, type: 'milestone.done', data });
}

/** An extract that has been handed over answers its request: there is nothing left to withdraw. */
function isAnswered(state: MigrationState, { hop }: PlannedMilestone): boolean {
  if (hop === undefined) return false;
  const handedOver = hopsOf(state, hop.handshakeId).filter(
    ({ hop: each }) => each?.name === 'delivered' || each?.name === 'received',
  );
  return handedOver.some(({ id }) => !isOpen(state, id));
}

/** The days that a notice tells; undefined for one that has none. */
function daysOf({ plan }: MigrationState, milestone: PlannedMilestone): (Day | undefined)[] {
  const told = behaves(plan, 'withdrawsInCutOver') ? toldAnchors(milestone) : [milestone.anchor];
  return told.map((name) => plan.anchors[name].on);
}

/**
 * It was served, and somebody still relies on it: a request asked and not answered, a notice of a day to come. A request that was
 * overtaken by an answer to it has been served too, whoever sent it.
 */
export function isServed(state: MigrationState, milestone: PlannedMilestone, today: Day): boolean {
  const { id, partyId, kind, hop } = milestone;
  const { status } = milestoneState(state, id);
  const wasServed = (status === 'done' || status === 'cleared') && partyId !== undefined;
  if (kind === 'notice') return wasServed && daysOf(state, milestone).some((on = today) => on >= today);
  return wasServed && hop?.name === 'asked' && !isAnswered(state, milestone);
}

export function withWithdrawal(state: MigrationState, milestoneId: string): MigrationState {
  return withPending(state, { kind: 'withdrawal', audience: 'party', milestoneId, rungId: 'withdrawal' });
}

/** Replaces a contact. The audit says which, never the address. */
export function applyContactAmended(state: MigrationState, amendment: ContactAmendment, atMs: number): MigrationState {
  const { target, contact, by } = amendment;
  const mended = withAddressMended(state, target);
  const amended = { ...mended, directory: withContact(state.directory, target, contact) };
  return withAudit(amended, { atMs, actor: by, type: 'contact.amended', data: { target } });
}
