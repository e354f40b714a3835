/** What the register is told: rows and audit records, written idempotently by (migration id, sequence number). */
import type { Day } from '../calendar/day.js';
import type { HolderId } from '../plan/types.js';
import type { BlackoutConflict } from './blackoutConflicts.js';
import type { Phase } from './events.js';
import type { MessageKind } from './messages.js';
import type { AuditDraft, MilestoneStatus, MigrationStatus } from './state.js';

/** An audit draft with its place in the migration's hash chain. `hash` covers the draft's canonical JSON and `prevHash`. */
export interface AuditRecord extends AuditDraft {
  seq: number;
  prevHash: string;
  hash: string;
}

export interface MigrationRow {
  migrationId: string;
  workflowId: string;
  odsCode: string;
  practiceName: string;
  rehearsal: boolean;
  status: MigrationStatus;
  phase: Phase;
  /** Absent while it is not on hold, and from rows of older versions. */
  onHoldSince?: Day;
  division: string;
  icb: string;
  sourceSupplierId: string;
  targetSupplierId: string;
  /** Absent from rows of older versions. */
  sourceSupplierName?: string;
  targetSupplierName?: string;
  /** Shared with other practices, see the order's `sharedInstance`; absent where the practice has its system to itself. */
  instanceId?: string;
  ruleSet: string;
  calendarVersion: string;
  dateVersion: number;
  startedAtMs: number;
  /** The next open milestone by due day. */
  nextDeadlineOn?: Day;
  nextMilestoneId?: string;
  /** Absent from rows of older versions. */
  nextTitle?: string;
  /** The same, among what an anchor cannot be met without: requests, hops, notices, confirmations, what blocks a day. */
  criticalOn?: Day;
  criticalMilestoneId?: string;
  criticalTitle?: string;
  slipped: number;
  /** Who holds what has slipped: `practice`, `csu`, or ids of parties, each once. Absent from rows of older versions. */
  delayHolders?: HolderId[];
  /** Name of the operator who looks after it. */
  owner?: string;
  /** Stands for the operator's address, see `operatorKeyOf`: whose calendar it is in. */
  operatorKey?: string;
  /** Domain of the CSU's mailbox, which is part of the ids of calendar entries. */
  mailDomain?: string;
  /** When it was completed or cancelled. */
  closedAtMs?: number;
  anchors: Record<string, { status: string; on?: Day | undefined }>;
  /** Anchors that lie in a blackout. Absent where none does, and from rows of older versions. */
  blackoutConflicts?: BlackoutConflict[];
}

export interface MilestoneRow {
  milestoneId: string;
  ruleId: string;
  kind: string;
  title: string;
  holder: HolderId;
  holderName: string;
  partyId?: string;
  anchor: string;
  opensOn?: Day;
  dueOn?: Day;
  provisional: boolean;
  status: MilestoneStatus;
  settledOn?: Day;
  settledBy?: string;
  slippedOn?: Day;
  /** SEQUENCE of its calendar entry, before the end of the migration is counted in. */
  calendarSequence?: number;
  /** When its calendar entry last changed. */
  calendarChangedAtMs?: number;
}

/** One message as people look it up; no address, only the role it went to. */
export interface MessageRow {
  key: string;
  messageId: string;
  kind: MessageKind;
  toKey: string;
  outcome: 'sent' | 'undeliverable';
  mayHaveRepeated: boolean;
  sentAtMs: number;
  milestoneIds: string[];
}

export interface RegisterWrite {
  /** The newest record's sequence number: rows of an older write never replace those of a newer one. */
  asOfSeq: number;
  migration: MigrationRow;
  milestones: MilestoneRow[];
  messages: MessageRow[];
  audit: AuditRecord[];
}

/** End of the hash chain so far. `hash` of an empty chain is 64 zeros. */
export interface ChainHead {
  seq: number;
  hash: string;
}
