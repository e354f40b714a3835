/** Which hop of which handshake a supplier's event is about. */
import type { Day } from '../calendar/day.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { HopName } from '../ruleset/schema.js';
import type { Rejection, SupplierEvent, SupplierEventType } from './events.js';
import { isOpen } from './lookup.js';
import type { MigrationState } from './state.js';

/** The hop that an event completes; `extract.rejected` is about the last one. */
export const hopOfEvent: Record<Exclude<SupplierEventType, 'notice.acknowledged'>, HopName> = {
  'form.sent': 'formAtPractice',
  'form.received': 'formReceived',
  'extract.scheduled': 'scheduled',
  'extract.delivered': 'delivered',
  'extract.received': 'received',
  'extract.loaded': 'received',
  'extract.rejected': 'received',
};

/** A product as an event may name it: `core`, or `emis.core` where two suppliers use the same word. */
function namesProduct(milestone: PlannedMilestone, product: string): boolean {
  return product === milestone.productId || product === `${milestone.partyId}.${milestone.productId}`;
}

/** Hops of one name in their newest iteration, one for each extract of each product. */
function newestHops(
  state: MigrationState,
  name: HopName,
  belongs: (hop: PlannedMilestone) => boolean,
): PlannedMilestone[] {
  const newest = new Map<string, PlannedMilestone>();
  for (const milestone of state.plan.milestones) {
    if (milestone.hop?.name !== name || !belongs(milestone)) continue;
    const key = `${milestone.hop.extract}.${milestone.partyId}.${milestone.productId}`;
    const known = newest.get(key);
    if (known?.hop === undefined || known.hop.iteration < milestone.hop.iteration) newest.set(key, milestone);
  }
  return [...newest.values()];
}

const productKey = (hop: PlannedMilestone): string => `${hop.partyId}.${hop.productId}`;

/** Initial or Final: as the event says, else by its date, else the first that is still open. */
function pickExtract(
  state: MigrationState,
  hops: PlannedMilestone[],
  event: SupplierEvent,
): PlannedMilestone | undefined {
  const named = hops.find((hop) => hop.hop?.extract === event.data?.['extract']);
  if (named !== undefined) return named;
  const dated = hops.find((hop) => event.date !== undefined && anchorDay(state, hop) === event.date);
  return dated ?? hops.find((hop) => isOpen(state, hop.id)) ?? hops.at(-1);
}

/** The day that a hop has to be for: its anchor's current day. */
export function anchorDay(state: MigrationState, hop: PlannedMilestone): Day | undefined {
  return state.plan.anchors[hop.anchor].on;
}

/**
 * Finds the hop that an event is about.
 *
 * The sender is a supplier of data (its own products) or the target supplier (every product that it is to receive).
 *
 * @returns the hop, or a rejection that names the products to choose from
 */
export function findHop(
  state: MigrationState,
  event: SupplierEvent & { type: keyof typeof hopOfEvent },
  fromTarget: boolean,
): PlannedMilestone | Rejection {
  const own = newestHops(state, hopOfEvent[event.type], (hop) => fromTarget || hop.partyId === event.supplierId);
  const { product } = event;
  const named = product === undefined ? own : own.filter((hop) => namesProduct(hop, product));
  const choices = [...new Set(own.map(productKey))];
  if (named.length === 0) {
    return { type: 'ProductNotOfParty', message: `There is no extract of product "${product}" here.`, choices };
  }
  const open = named.filter((hop) => isOpen(state, hop.id));
  const candidates = new Set((open.length > 0 ? open : named).map(productKey));
  if (candidates.size > 1) {
    return {
      type: 'AmbiguousHandshake',
      message: 'This fits more than one extract. Name the product.',
      choices: [...candidates],
    };
  }
  const ofProduct = named.filter((hop) => candidates.has(productKey(hop)));
  return (
    pickExtract(state, ofProduct, event) ?? { type: 'ProductNotOfParty', message: 'There is no extract here.', choices }
  );
}
