/**
 * The audit's hash chain: each record's hash covers what happened and the hash before it, never when it was written,
 * so that a register rebuilt from Temporal has the same hashes, and a changed, missing or inserted record shows.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, storableMembers, storableText } from './canonicalJson.js';
import type { AuditRecord, ChainHead } from './records.js';
import type { AuditDraft } from './state.js';

/** Before the first record; the first has sequence number 1. */
export const emptyHead: ChainHead = { seq: 0, hash: '0'.repeat(64) };

/**
 * Gives drafts their places behind `head`, in order. The records hold what was hashed: texts and data in storable form,
 * `atMs` in whole milliseconds.
 */
export function sealRecords(head: ChainHead, drafts: AuditDraft[]): { records: AuditRecord[]; head: ChainHead } {
  const records: AuditRecord[] = [];
  let end = head;
  for (const draft of drafts) {
    const record = sealRecord(end, draft);
    records.push(record);
    end = { seq: record.seq, hash: record.hash };
  }
  return { records, head: end };
}

/** Where a chain ends, given in order; undefined for no record. */
export function endOf(records: readonly AuditRecord[]): ChainHead | undefined {
  const last = records.at(-1);
  return last && { seq: last.seq, hash: last.hash };
}

/** `firstBadSeq`: the lowest sequence number that is missing, changed, or not linked to the one before it. */
export type ChainVerdict = { ok: true } | { ok: false; firstBadSeq: number };

/**
 * Checks a whole chain, given in order from its first record. A cut tail can be seen only with `head`, the chain's end as
 * the workflow knows it; records that came after it are checked too.
 */
export function verifyChain(records: AuditRecord[], head?: ChainHead): ChainVerdict {
  let end = emptyHead;
  for (const record of records) {
    if (!follows(end, record, head)) return { ok: false, firstBadSeq: end.seq + 1 };
    end = { seq: record.seq, hash: record.hash };
  }
  return head && head.seq > end.seq ? { ok: false, firstBadSeq: end.seq + 1 } : { ok: true };
}

function follows(end: ChainHead, record: AuditRecord, head: ChainHead | undefined): boolean {
  const isLinked = record.seq === end.seq + 1 && record.prevHash === end.hash;
  const isHead = head?.seq === record.seq;
  return isLinked && record.hash === hashOf(record) && (!isHead || record.hash === head.hash);
}

/** Gives one draft its place behind `end`; see `sealRecords`. */
export function sealRecord(end: ChainHead, draft: AuditDraft): AuditRecord {
  const event = {
    atMs: Math.round(draft.atMs),
    actor: storableText(draft.actor),
    type: storableText(draft.type),
    data: storableMembers(draft.data),
  };
  const linked = { ...event, seq: end.seq + 1, prevHash: end.hash };
  return { ...linked, hash: hashOf(linked) };
}

/** SHA-256, in hex, of the previous hash, a line feed, and the canonical JSON of `{actor, atMs, data, type}`. */
function hashOf({ prevHash, atMs, actor, type, data }: Omit<AuditRecord, 'hash'>): string {
  return bytesToHex(sha256(utf8ToBytes(`${prevHash}\n${canonicalJson({ actor, atMs, data, type })}`)));
}
