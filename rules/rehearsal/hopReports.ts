/** How those outside report what they have done: a supplier by its system, everybody else through the operator. */
import {
  supplierEventTypes,
  type DoneReport,
  type SupplierEvent,
  type SupplierEventType,
} from '../migration/events.js';
import { anchorDay, hopOfEvent } from '../migration/handshake.js';
import { holderName } from '../migration/lookup.js';
import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { OutsideEvent } from './actor.js';

function targetSupplierId(state: MigrationState): string | undefined {
  return state.directory.parties.find(({ roles }) => roles.includes('targetSupplier'))?.id;
}

/** The event that completes a hop; undefined for one that no supplier's system tells of. */
function eventTypeOf({ hop }: PlannedMilestone): SupplierEventType | undefined {
  return supplierEventTypes.find((type) => type !== 'notice.acknowledged' && hopOfEvent[type] === hop?.name);
}

/** One extract of one product, named so that no other is meant. */
function extractEvent(state: MigrationState, milestone: PlannedMilestone, type: SupplierEventType): SupplierEvent[] {
  const { hop, partyId, productId } = milestone;
  const supplierId = hop?.name === 'received' ? targetSupplierId(state) : partyId;
  if (hop === undefined || supplierId === undefined) return [];
  const date = anchorDay(state, milestone);
  const named = { product: `${partyId}.${productId}`, data: { extract: hop.extract }, ...(date && { date }) };
  return [{ webhookId: `${type}/${milestone.id}`, supplierId, type, ...named }];
}

const said = (event: SupplierEvent, atMs: number): OutsideEvent => ({ type: 'supplierEventReceived', atMs, event });

function doneReport(state: MigrationState, milestone: PlannedMilestone): DoneReport {
  const forDate = milestone.hop === undefined ? undefined : anchorDay(state, milestone);
  return {
    milestoneId: milestone.id,
    by: holderName(state, milestone.holder),
    ...(milestone.decides !== undefined && { outcome: 'needed' as const }),
    ...(forDate !== undefined && { forDate }),
  };
}

/** Every way of saying that a milestone is done, the most natural first. */
export function waysToReport(state: MigrationState, milestone: PlannedMilestone, atMs: number): OutsideEvent[] {
  const type = eventTypeOf(milestone);
  const events = type === undefined ? [] : extractEvent(state, milestone, type);
  return [
    ...events.map((event) => said(event, atMs)),
    { type: 'milestoneDone', atMs, report: doneReport(state, milestone) },
  ];
}

/** What a party says of its own accord once a milestone is done: a notice has come, or the data are loaded. */
export function wordsAfter(state: MigrationState, milestone: PlannedMilestone, atMs: number): OutsideEvent[] {
  const { kind, hop, partyId } = milestone;
  if (hop?.name === 'received')
    return extractEvent(state, milestone, 'extract.loaded').map((event) => said(event, atMs));
  if (kind !== 'notice' || partyId === undefined) return [];
  const event = { webhookId: `notice.acknowledged/${milestone.id}`, supplierId: partyId } as const;
  return [said({ ...event, type: 'notice.acknowledged' }, atMs)];
}

/** True where this word has been heard already. */
export function isHeard(state: MigrationState, event: OutsideEvent): boolean {
  return event.type === 'supplierEventReceived' && Object.hasOwn(state.ledger, event.event.webhookId);
}
