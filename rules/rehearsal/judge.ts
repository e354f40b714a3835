import { decisionOf, doneByDecision } from '../migration/decision.js';
import type { MigrationEvent, Rejection } from '../migration/events.js';
import { judgeAmendment, judgeCancel, judgeDone, judgeSupplierEvent, judgeWaive } from '../migration/judge.js';
import { judgeCounts } from '../migration/judgeCounts.js';
import { judgeDecision } from '../migration/judgeDecision.js';
import { judgeItem } from '../migration/judgeItem.js';
import { judgeHelp, judgeRevocation } from '../migration/judgePage.js';
import { judgeHold } from '../migration/redate/hold.js';
import { judgeRedate } from '../migration/redate/judge.js';
import { judgeSlipAcknowledgement } from '../migration/slipAcknowledged.js';
import type { MigrationState } from '../migration/state.js';
import type { OutsideEvent } from './actor.js';

/** Why a running migration would refuse an event; undefined where it would take it. */
export function judge(state: MigrationState, event: OutsideEvent): Rejection | undefined {
  switch (event.type) {
    case 'supplierEventReceived':
      return judgeSupplierEvent(state, event.event);
    case 'milestoneDone':
      return judgeDone(state, event.report, event.atMs);
    case 'milestoneWaived':
      return judgeWaive(state, event);
    case 'slipAcknowledged':
      return judgeSlipAcknowledgement(state, event.acknowledgement);
    case 'contactAmended':
      return judgeAmendment(state, event.amendment);
    case 'countsReported':
      return judgeCounts(state, event.report, event.atMs);
    case 'decided':
      return judgeDecision(state, event.report, event.atMs);
    case 'itemAdded':
      return judgeItem(state, event, event.atMs);
    case 'helpAsked':
      return judgeHelp(state, event.request);
    case 'linksRevoked':
      return judgeRevocation(state, event);
    case 'redated':
      return judgeRedate(state, event.redate, event.atMs);
    case 'held':
      return judgeHold(state);
    case 'cancelled':
      return judgeCancel(state);
    default: {
      const unknown: never = event;
      return unknown;
    }
  }
}

/** What an event that was let through does to the migration. */
export function effectOf(state: MigrationState, event: OutsideEvent): MigrationEvent {
  if (event.type !== 'decided') return event;
  const { id = '' } = decisionOf(state, event.report.decision) ?? {};
  return { type: 'milestoneDone', atMs: event.atMs, report: doneByDecision(id, event.report) };
}
