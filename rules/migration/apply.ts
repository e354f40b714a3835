import { applyCancelled, applyContactAmended, applyDone } from './applyReports.js';
import { applySettled } from './applySettled.js';
import { applySupplierEvent } from './applySupplierEvent.js';
import { withAudit, withMilestone, withRungs } from './edit.js';
import type { MigrationEvent } from './events.js';
import { isOpen, todayOf } from './lookup.js';
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

function ended(state: MigrationState, atMs: number): MigrationState {
  const status = state.status === 'running' ? 'completed' : state.status;
  const open = state.plan.milestones.filter((each) => isOpen(state, each.id)).map((each) => each.id);
  return withAudit(
    { ...state, status, phase: 'ended' },
    { atMs, actor: system, type: 'migration.ended', data: { status, open } },
  );
}

/**
 * The next state. Pure, and total: an event that `judge…` would refuse has to be stopped there, not here.
 */
export function apply(state: MigrationState, event: MigrationEvent): MigrationState {
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
    case 'contactAmended':
      return applyContactAmended(state, event.amendment, atMs);
    case 'cancelled':
      return applyCancelled(state, event.by, event.reason, atMs);
    case 'slipped':
      return slipped(state, event);
    case 'passed':
      return withMilestone(state, event.milestoneId, {
        status: 'passed',
        settledOn: todayOf(state, atMs),
        settledBy: system,
      });
    case 'rungsSuperseded':
      return withRungs(state, event.milestoneId, event.rungIds, 'superseded');
    case 'phaseEntered':
      return withAudit(
        { ...state, phase: event.phase },
        { atMs, actor: system, type: 'phase.entered', data: { phase: event.phase } },
      );
    case 'messagesSettled':
      return applySettled(state, event.messages, event.outcomes, atMs);
    case 'ended':
      return ended(state, atMs);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}
