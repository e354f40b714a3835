/** What passed between us and one supplier in one migration, as its audit trail has it. Nothing is left out, nothing is retold. */
import type { AuditRecord } from '../migration/records.js';
import { wordsOf } from './words.js';
import { readRecord, type RecordFacts } from './facts.js';

/**
 * toSupplier: a mail to one of its people, sent or not. fromSupplier: its form, booking, delivery or other word. about: what was
 * noted or asked of others because of it. context: the version of the days, and whether anything was sent at all.
 */
export const evidenceSides = ['toSupplier', 'fromSupplier', 'about', 'context'] as const;
export type EvidenceSide = (typeof evidenceSides)[number];

export interface EvidenceEntry {
  side: EvidenceSide;
  /** One sentence without names of people. */
  what: string;
  milestoneIds: string[];
  /** The version of the days that counted then: it rises by one each time that days move. */
  dateVersion: number;
  /** Of the mail. */
  messageId?: string;
  /** sent, undeliverable, came back; or what the word did: done, mismatch, noted, reopened. */
  outcome?: string;
  /** The record itself: its hash covers all of it but `seq`. */
  record: AuditRecord;
}

export interface SupplierInMigration {
  supplierId: string;
  /** Milestones that are its own, or are about it. */
  milestoneIds: ReadonlySet<string>;
}

const CONTEXT = new Set([
  'migration.started',
  'migration.redated',
  'migration.held',
  'migration.resumed',
  'migration.cancelled',
  'migration.ended',
  'order.amended',
  'rules.adopted',
]);

/** What a person is asked to do towards a supplier that is not written to. */
const BY_HAND = new Set(['callTask', 'letter']);

function sideOf(
  { type }: AuditRecord,
  facts: RecordFacts,
  { supplierId, milestoneIds }: SupplierInMigration,
): EvidenceSide | undefined {
  const isTheirs = facts.milestoneIds.some((id) => milestoneIds.has(id));
  if (CONTEXT.has(type)) return 'context';
  if (type === 'supplier.event') return facts.supplierId === supplierId ? 'fromSupplier' : undefined;
  if (type.startsWith('message.')) {
    if (facts.to?.startsWith(`${supplierId}.`)) return 'toSupplier';
    return isTheirs && BY_HAND.has(facts.kind ?? '') ? 'about' : undefined;
  }
  return isTheirs ? 'about' : undefined;
}

/**
 * The records of a trail that have to do with a supplier, in order, each with the version of the days that counted.
 *
 * @param records the whole trail, from its first record
 */
export function evidenceOf(records: readonly AuditRecord[], supplier: SupplierInMigration): EvidenceEntry[] {
  let dateVersion = 1;
  return records.flatMap((record): EvidenceEntry[] => {
    const facts = readRecord(record);
    dateVersion = facts.dateVersion ?? dateVersion;
    const side = sideOf(record, facts, supplier);
    if (side === undefined) return [];
    const { messageId, milestoneIds, outcome } = facts;
    const more = { ...(messageId !== undefined && { messageId }), ...(outcome !== undefined && { outcome }) };
    return [{ side, what: wordsOf(record, facts), milestoneIds, dateVersion, ...more, record }];
  });
}
