/**
 * What the register still has to be told.
 *
 * Handlers only queue drafts in the state; the main loop, one write at a time, gives them their place in the hash chain. So a
 * send in flight and an update that arrives meanwhile never claim the same sequence number.
 */
import { emptyHead, sealRecords } from '../../rules/migration/auditChain.js';
import { migrationRow, milestoneRow } from '../../rules/migration/registerRows.js';
import type { AuditRecord, ChainHead, MessageRow, RegisterWrite } from '../../rules/migration/records.js';
import type { AuditDraft, MigrationState } from '../../rules/migration/state.js';

export interface RegisterQueue {
  head: ChainHead;
  /** Sealed, but not known to be written: the register was away. They go with the next write. */
  unwritten: { audit: AuditRecord[]; messages: MessageRow[]; milestoneIds: string[] };
}

export const emptyQueue = (head: ChainHead = emptyHead): RegisterQueue => ({
  head,
  unwritten: { audit: [], messages: [], milestoneIds: [] },
});

/** True when there is something that the register has not been offered yet. */
export function hasNews(state: MigrationState): boolean {
  return state.outbox.length > 0 || state.dirty.length > 0;
}

/** True when something was offered to the register and not written. */
export function owesRegister({ unwritten }: RegisterQueue): boolean {
  return unwritten.audit.length + unwritten.messages.length + unwritten.milestoneIds.length > 0;
}

/** The end of the chain as the register has acknowledged it. */
export function writtenHead({ head, unwritten: { audit } }: RegisterQueue): ChainHead {
  const [first] = audit;
  return first === undefined ? head : { seq: first.seq - 1, hash: first.prevHash };
}

/** Seals drafts behind the head and keeps them as unwritten. */
export function seal(queue: RegisterQueue, drafts: AuditDraft[], milestoneIds: string[]): RegisterQueue {
  const { records, head } = sealRecords(queue.head, drafts);
  const { unwritten } = queue;
  const ids = [...new Set([...unwritten.milestoneIds, ...milestoneIds])];
  return { head, unwritten: { ...unwritten, audit: [...unwritten.audit, ...records], milestoneIds: ids } };
}

/** The write that brings the register up to date with the state. @param shown the state whose rows people shall see */
export function writeOf(queue: RegisterQueue, shown: MigrationState, workflowId: string): RegisterWrite {
  const { audit, messages, milestoneIds } = queue.unwritten;
  return {
    asOfSeq: queue.head.seq,
    migration: migrationRow(shown, workflowId),
    milestones: milestoneIds.map((id) => milestoneRow(shown, id)),
    messages,
    audit,
  };
}

/** After a write that succeeded nothing is unwritten any more. @param head where the register says that the chain ends */
export function written(queue: RegisterQueue, head: ChainHead = queue.head): RegisterQueue {
  return emptyQueue(head);
}
