import { withCalendarMarks } from '../calendarEntries/marks.js';
import { withAllClear } from './allClear.js';
import { applyCounts } from './applyCounts.js';
import { applyItem } from './applyItem.js';
import { applyContactAmended, applyDone } from './applyReports.js';
import { applyCancelled } from './cancel.js';
import { applyHelp, applyRevocation } from './applyPage.js';
import { applySlipAcknowledged } from './slipAcknowledged.js';
import { applySettled } from './applySettled.js';
import { applySupplierEvent } from './applySupplierEvent.js';
import { applyBounce, rememberSent } from './bounce.js';
import { withAudit, withMilestone, withRungs } from './edit.js';
import type { MigrationEvent } from './events.js';
import { applyInstanceHeard, applyInstanceTold } from './instance.js';
import { isOpen, todayOf } from './lookup.js';
import { applyRedated } from './redate/apply.js';
import { applyHeld } from './redate/hold.js';
import { applyMailDeferred, applyMailReturned, withdrawUnanswered } from './mailAway.js';
import { withoutStaleNotices } from './staleNotices.js';
import type { MigrationState } from './state.js';

const system = 'leadtime';

function started(state: MigrationState, atMs: number): MigrationState {
  const { ruleSet, calendar, dateVersion, asOf, problems } = state.plan;
  const risks = problems.filter((problem) => problem.severity === 'risk').map((problem) => problem.message);
  const data = { ruleSet, calendar, dateVersion, asOf, rehearsal: state.rehearsal, ...(risks.length > 0 && { risks }) };
  return withAudit(state, { atMs, actor: system, type: 'migration.started', data });
}

function waived(state: MigrationState, event: MigrationEvent & { type: 'milestoneWaived' }): MigrationState {
  const { atMs, milestoneId, by, reason } = event;
  const settledOn = todayOf(state, atMs);
  const changed = withMilestone(state, milestoneId, { status: 'waived', settledOn, settledBy: by, note: reason });
  return withAudit(changed, { atMs, actor: by, type: 'milestone.waived', data: { milestoneId, reason } });
}

function slipped(state: MigrationState, event: MigrationEvent & { type: 'slipped' }): MigrationState {
  const { atMs, milestoneId, lateWorkingDays } = event;
  const changed = withMilestone(state, milestoneId, { slippedOn: todayOf(state, atMs) });
  return withAudit(changed, { atMs, actor: system, type: 'milestone.slipped', data: { milestoneId, lateWorkingDays } });
}

function passed(state: MigrationState, milestoneId: string, atMs: number): MigrationState {
  const settledOn = todayOf(state, atMs);
  return withMilestone(state, milestoneId, { status: 'passed', settledOn, settledBy: system });
}

/** An end of access whose day has come is not left open: nothing is owed on it, and no later wake will pass it. */
function ended(state: MigrationState, atMs: number): MigrationState {
  const status = state.status === 'running' ? 'completed' : state.status;
  const today = todayOf(state, atMs);
  const expired = state.plan.milestones.filter(
    ({ id, kind, dueOn }) =>
      status === 'completed' && kind === 'expiry' && isOpen(state, id) && (dueOn ?? '9999') <= today,
  );
  const settled = expired.reduce((next, { id }) => passed(next, id, atMs), state);
  const open = settled.plan.milestones.filter((each) => isOpen(settled, each.id)).map((each) => each.id);
  return withAudit(
    { ...settled, status, phase: 'ended' },
    { atMs, actor: system, type: 'migration.ended', data: { status, open } },
  );
}

/**
 * The next state. Pure, and total: an event that `judge…` would refuse has to be stopped there, not here.
 */
export function apply(state: MigrationState, event: MigrationEvent): MigrationState {
  const next = withoutStaleNotices(state, applyOne(state, event));
  return withCalendarMarks(state, withAllClear(state, next), event.atMs);
}

function applyOne(state: MigrationState, event: MigrationEvent): MigrationState {
  const { atMs } = event;
  switch (event.type) {
    case 'started':
      return started(state, atMs);
    case 'supplierEventReceived':
      return applySupplierEvent(state, event.event, atMs);
    case 'milestoneDone':
      return applyDone(state, event.report, atMs);
    case 'milestoneWaived':
      return waived(state, event);
    case 'slipAcknowledged':
      return applySlipAcknowledged(state, event.acknowledgement, atMs);
    case 'contactAmended':
      return applyContactAmended(state, event.amendment, atMs);
    case 'countsReported':
      return applyCounts(state, event.report, atMs);
    case 'itemAdded':
      return applyItem(state, event);
    case 'helpAsked':
      return applyHelp(state, event.request, atMs);
    case 'linksRevoked':
      return applyRevocation(state, event);
    case 'redated':
      return applyRedated(state, event);
    case 'held':
      return applyHeld(state, event);
    case 'cancelled':
      return withdrawUnanswered(applyCancelled(state, event));
    case 'slipped':
      return slipped(state, event);
    case 'passed':
      return passed(state, event.milestoneId, atMs);
    case 'rungsSuperseded':
      return withRungs(state, event.milestoneId, event.rungIds, 'superseded');
    case 'phaseEntered':
      return withAudit(
        { ...state, phase: event.phase },
        { atMs, actor: system, type: 'phase.entered', data: { phase: event.phase } },
      );
    case 'messagesSettled':
      return rememberSent(applySettled(state, event.messages, event.outcomes, atMs), event.messages, event.outcomes);
    case 'mailDeferred':
      return applyMailDeferred(state, event);
    case 'mailReturned':
      return applyMailReturned(state, atMs);
    case 'mailBounced':
      return applyBounce(state, event.report, atMs);
    case 'instanceHeard':
      return applyInstanceHeard(state, event.word, atMs);
    case 'instanceTold':
      return applyInstanceTold(state, event);
    case 'ended':
      return ended(state, atMs);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
