import type { AddedItem, SupplierEvent } from '../migration/events.js';
import { movableAnchors } from '../migration/redate/redate.js';
import type { Act, OutsideEvent } from './actor.js';
import type { ScriptEntry } from './eventsSchema.js';

export type TimedEntry = Exclude<ScriptEntry, { outage: unknown }>;

type EntryOf<Key extends string> = Extract<TimedEntry, Record<Key, unknown>>;

/** Who has done something where the file does not say. */
const somebody = 'Rehearsal';

/** The same for the same entry, so that it is told from others. */
const requestId = (index: number): string => `entry-${index + 1}`;

function supplierEvent({ at: _, ...entry }: EntryOf<'event'>, index: number): SupplierEvent {
  const { event: type, party: supplierId, extract, loadedOn, ...named } = entry;
  const data = { ...(extract && { extract }), ...(loadedOn && { loadedOn }) };
  const hasData = extract !== undefined || loadedOn !== undefined;
  return { webhookId: requestId(index), supplierId, type, ...named, ...(hasData && { data }) };
}

function addedItem({ add: kind, id, title, owner, site, dueOn }: EntryOf<'add'>): AddedItem {
  return { kind, id, title, owner, ...(site && { siteId: site }), ...(dueOn && { dueOn }) };
}

function doneEvent({ at: _, done: milestoneId, by = somebody, ...said }: EntryOf<'done'>, atMs: number): OutsideEvent {
  return { type: 'milestoneDone', atMs, report: { milestoneId, by, ...said } };
}

function decision({ at: _, decide, by = somebody, ...said }: EntryOf<'decide'>, atMs: number): OutsideEvent {
  return { type: 'decided', atMs, report: { decision: decide, by, ...said } };
}

function counts({ counts: values, on, by = somebody }: EntryOf<'counts'>, atMs: number): OutsideEvent {
  return { type: 'countsReported', atMs, report: { values, by, ...(on && { on }) } };
}

function waiver(
  { waive: milestoneId, by = somebody, reason = 'not given' }: EntryOf<'waive'>,
  atMs: number,
): OutsideEvent {
  return { type: 'milestoneWaived', atMs, milestoneId, by, reason };
}

function acknowledgement(
  { acknowledge: milestoneId, by = somebody, note }: EntryOf<'acknowledge'>,
  atMs: number,
): OutsideEvent {
  const taken = { milestoneId, by, ...(note !== undefined && { note }) };
  return { type: 'slipAcknowledged', atMs, acknowledgement: taken };
}

function moveOf({
  move,
  confirmed = false,
  keepDistance = false,
  reason = 'not given',
  by = somebody,
}: EntryOf<'move'>): Act {
  const moves = movableAnchors.flatMap((anchor) => {
    const to = move[anchor];
    return to === undefined ? [] : [{ anchor, to, confirmed }];
  });
  return { act: 'move', moves, keepDistance, said: { by, reason, acceptRisks: true } };
}

function eventOf(
  entry: Exclude<TimedEntry, EntryOf<'refuse'> | EntryOf<'move'>>,
  index: number,
  atMs: number,
): OutsideEvent {
  if ('event' in entry) return { type: 'supplierEventReceived', atMs, event: supplierEvent(entry, index) };
  if ('done' in entry) return doneEvent(entry, atMs);
  if ('waive' in entry) return waiver(entry, atMs);
  if ('acknowledge' in entry) return acknowledgement(entry, atMs);
  if ('counts' in entry) return counts(entry, atMs);
  if ('decide' in entry) return decision(entry, atMs);
  const { by = somebody } = entry;
  if ('add' in entry) return { type: 'itemAdded', atMs, item: addedItem(entry), by };
  if ('help' in entry)
    return {
      type: 'helpAsked',
      atMs,
      request: { requestId: requestId(index), milestoneId: entry.help, text: entry.text, by },
    };
  if ('revokeLinks' in entry) return { type: 'linksRevoked', atMs, role: entry.revokeLinks, by };
  if ('hold' in entry) return { type: 'held', atMs, by, reason: entry.hold };
  if ('cancel' in entry) return { type: 'cancelled', atMs, by, reason: entry.cancel };
  return { type: 'contactAmended', atMs, amendment: { target: entry.amendContact, contact: entry.contact, by } };
}

/** What an entry does. @param index its place in the file, from 0, by which a supplier's event is told from its repeats */
export function actOf(entry: TimedEntry, index: number, atMs: number): Act {
  if ('refuse' in entry) return { act: 'refuseMail', to: entry.refuse };
  return 'move' in entry ? moveOf(entry) : { act: 'say', event: eventOf(entry, index, atMs) };
}
