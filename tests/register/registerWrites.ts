/** Register writes for tests: small, and valid unless told otherwise. */
import { emptyHead, sealRecords } from '../../rules/migration/auditChain.js';
import type {
  AuditRecord,
  MessageRow,
  MigrationRow,
  MilestoneRow,
  RegisterWrite,
} from '../../rules/migration/records.js';
import type { AuditDraft } from '../../rules/migration/state.js';

/** 09:00 on Thursday 7 January 2027. */
export const MORNING_MS = 1_799_312_400_000;

export function migration(over: Partial<MigrationRow> = {}): MigrationRow {
  return undatedMigration({ nextDeadlineOn: '2027-01-14', nextMilestoneId: 'clean-up', ...over });
}

/** A migration that nothing is due in. */
export function undatedMigration(over: Partial<MigrationRow> = {}): MigrationRow {
  return {
    migrationId: 'A12345-20270107-abc123',
    workflowId: 'migration-A12345',
    odsCode: 'A12345',
    practiceName: 'Example Medical Centre',
    rehearsal: false,
    status: 'running',
    phase: 'preMigration',
    division: 'england-and-wales',
    icb: 'NHS Example ICB',
    sourceSupplierId: 'emis',
    targetSupplierId: 'tpp',
    ruleSet: 'gp-england@1.0.0',
    calendarVersion: '2026-11-01',
    dateVersion: 1,
    startedAtMs: MORNING_MS,
    slipped: 0,
    anchors: { order: { status: 'confirmed', on: '2027-01-07' }, goLive: { status: 'absent' } },
    ...over,
  };
}

export function milestone(over: Partial<MilestoneRow> = {}): MilestoneRow {
  return undatedMilestone({ dueOn: '2027-01-14', ...over });
}

export function undatedMilestone(over: Partial<MilestoneRow> = {}): MilestoneRow {
  return {
    milestoneId: 'clean-up',
    ruleId: 'clean-up',
    kind: 'task',
    title: 'Clean up the data',
    holder: 'practice',
    holderName: 'Example Medical Centre',
    anchor: 'initialDataProduction',
    provisional: false,
    status: 'open',
    ...over,
  };
}

export function message(over: Partial<MessageRow> = {}): MessageRow {
  return {
    key: 'clean-up.reminder.1',
    messageId: '<A12345-20270107-abc123.0a1b@csu.example>',
    kind: 'digest',
    toKey: 'practiceManager',
    outcome: 'sent',
    mayHaveRepeated: false,
    sentAtMs: MORNING_MS,
    milestoneIds: ['clean-up'],
    ...over,
  };
}

export function draft(over: Partial<AuditDraft> = {}): AuditDraft {
  return { atMs: MORNING_MS, actor: 'leadtime', type: 'started', data: { dateVersion: 1 }, ...over };
}

/** `count` sealed records of one chain, from its beginning. */
export function chain(count: number): AuditRecord[] {
  const drafts = Array.from({ length: count }, (_, index) => draft({ atMs: MORNING_MS + index, data: { index } }));
  return sealRecords(emptyHead, drafts).records;
}

export function write(over: Partial<RegisterWrite> = {}): RegisterWrite {
  return {
    asOfSeq: 1,
    migration: migration(),
    milestones: [milestone()],
    messages: [message()],
    audit: chain(1),
    ...over,
  };
}
