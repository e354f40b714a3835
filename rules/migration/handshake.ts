/** Which hop of which handshake a supplier's event is about. */
import type { Day } from '../calendar/day.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { HopName } from '../ruleset/schema.js';
import type { Rejection, SupplierEvent, SupplierEventType } from './events.js';
import { isOpen, todayOf } from './lookup.js';
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

/** Events that come only once data have been taken, which is on or after the production day unless somebody is early. */
const afterProduction: readonly SupplierEventType[] = [
  'extract.delivered',
  'extract.received',
  'extract.loaded',
  'extract.rejected',
];

/** Events that also come when the extract's last hop is done: that it is closed does not mean that another one is meant. */
const afterReceipt: readonly SupplierEventType[] = ['extract.loaded', 'extract.rejected'];

function isNamed(hop: PlannedMilestone, { data }: SupplierEvent): boolean {
  const extract = data?.['extract'];
  return typeof extract === 'string' && hop.hop?.extract === extract.toLowerCase();
}

/**
 * The extracts that may be in play. A word about data that have been taken is about those whose production day has come;
 * as long as none has, about the first.
 */
function inPlay(state: MigrationState, hops: PlannedMilestone[], event: SupplierEvent, atMs: number) {
  if (!afterProduction.includes(event.type)) return hops;
  const today = todayOf(state, atMs);
  const come = hops.filter((hop) => (anchorDay(state, hop) ?? '9999') <= today);
  return come.length > 0 ? come : hops.slice(0, 1);
}

/**
 * Initial or Final: as the event says, else by its date, else the first in play that is still open (ADR 8).
 *
 * @param hops one for each extract of one product, Initial first; not empty
 */
export function pickExtract(
  state: MigrationState,
  hops: PlannedMilestone[],
  event: SupplierEvent,
  atMs: number,
): PlannedMilestone | undefined {
  const named = hops.find((hop) => isNamed(hop, event));
  if (named !== undefined) return named;
  const dated = hops.find((hop) => event.date !== undefined && anchorDay(state, hop) === event.date);
  const playing = inPlay(state, hops, event, atMs);
  const former = hops.find((hop) => isForFormerDay(state, hop, event));
  return dated ?? former ?? playing.find((hop) => isOpen(state, hop.id)) ?? playing.at(-1);
}

/** It is for a day that its anchor had before that moved: a word that comes late. */
export function isForFormerDay(
  { plan, formerDays }: MigrationState,
  hop: PlannedMilestone,
  { date }: Pick<SupplierEvent, 'date'>,
): boolean {
  const former = formerDays?.[hop.anchor] ?? [];
  return date !== undefined && date !== plan.anchors[hop.anchor].on && former.includes(date);
}

/** The day that a hop has to be for: its anchor's current day. */
export function anchorDay(state: MigrationState, hop: PlannedMilestone): Day | undefined {
  return state.plan.anchors[hop.anchor].on;
}

/**
 * True where a hop is reported for another day than it has to be for. A later iteration that opened too late for the anchor's
 * day has no day of its own yet: the one that the supplier names is taken.
 */
export function isForAnotherDay(state: MigrationState, hop: PlannedMilestone, stated: Day, atMs: number): boolean {
  const wanted = anchorDay(state, hop);
  const isOver = wanted !== undefined && wanted < todayOf(state, atMs);
  return stated !== wanted && !(isOver && (hop.hop?.iteration ?? 1) > 1);
}

/**
 * Finds the hops that an event may be about: one for each extract of one product, each in its newest iteration.
 *
 * The sender is a supplier of data (its own products) or the target supplier (every product that it is to receive).
 *
 * @returns the hops, or a rejection that names the products to choose from
 */
export function findHops(
  state: MigrationState,
  event: SupplierEvent & { type: keyof typeof hopOfEvent },
  fromTarget: boolean,
): PlannedMilestone[] | Rejection {
  const own = newestHops(state, hopOfEvent[event.type], (hop) => fromTarget || hop.partyId === event.supplierId);
  const { product } = event;
  const named = product === undefined ? own : own.filter((hop) => namesProduct(hop, product));
  const choices = [...new Set(own.map(productKey))];
  if (named.length === 0) {
    return { type: 'ProductNotOfParty', message: `There is no extract of product "${product}" here.`, choices };
  }
  const open = afterReceipt.includes(event.type) ? [] : named.filter((hop) => isOpen(state, hop.id));
  const candidates = new Set((open.length > 0 ? open : named).map(productKey));
  if (candidates.size > 1) {
    return {
      type: 'AmbiguousHandshake',
      message: 'This fits more than one extract. Name the product.',
      choices: [...candidates],
    };
  }
  return named.filter((hop) => candidates.has(productKey(hop)));
}
