/** Register rows as the tables hold them, and back. An absent value is NULL there and a missing member here. */
import type { AuditRecord, MessageRow, MigrationRow, MilestoneRow } from '../rules/migration/records.js';
import type { audit, messages, migrations, milestones } from './schema.js';
import type { RegisteredMigration } from './types.js';

export function toMigrationValues(row: MigrationRow, asOfSeq: number): typeof migrations.$inferInsert {
  const { closedAtMs } = row;
  const closedAt = closedAtMs === undefined ? null : new Date(closedAtMs);
  return { ...row, asOfSeq, startedAt: new Date(row.startedAtMs), closedAt };
}

/** What a list shows of a migration. What calendars are made of is read by a query of their own. */
export type ListedRow = Omit<
  typeof migrations.$inferSelect,
  'operatorKey' | 'mailDomain' | 'closedAt' | 'blackoutConflicts'
>;

// Field by field: a list has a thousand of them, and a copy of what is left over costs Node several times as much.
export function fromMigrationRow(row: ListedRow): RegisteredMigration {
  const {
    nextDeadlineOn,
    nextMilestoneId,
    nextTitle,
    criticalOn,
    criticalMilestoneId,
    criticalTitle,
    sourceSupplierName,
    targetSupplierName,
    delayHolders,
    owner,
    onHoldSince,
    instanceId,
  } = row;
  const migration: RegisteredMigration = {
    migrationId: row.migrationId,
    asOfSeq: row.asOfSeq,
    workflowId: row.workflowId,
    odsCode: row.odsCode,
    practiceName: row.practiceName,
    rehearsal: row.rehearsal,
    status: row.status,
    phase: row.phase,
    division: row.division,
    icb: row.icb,
    sourceSupplierId: row.sourceSupplierId,
    targetSupplierId: row.targetSupplierId,
    ruleSet: row.ruleSet,
    calendarVersion: row.calendarVersion,
    dateVersion: row.dateVersion,
    startedAtMs: row.startedAt.getTime(),
    slipped: row.slipped,
    anchors: row.anchors,
  };
  if (nextDeadlineOn !== null) migration.nextDeadlineOn = nextDeadlineOn;
  if (nextMilestoneId !== null) migration.nextMilestoneId = nextMilestoneId;
  if (nextTitle !== null) migration.nextTitle = nextTitle;
  if (criticalOn !== null) migration.criticalOn = criticalOn;
  if (criticalMilestoneId !== null) migration.criticalMilestoneId = criticalMilestoneId;
  if (criticalTitle !== null) migration.criticalTitle = criticalTitle;
  if (sourceSupplierName !== null) migration.sourceSupplierName = sourceSupplierName;
  if (targetSupplierName !== null) migration.targetSupplierName = targetSupplierName;
  if (delayHolders !== null) migration.delayHolders = delayHolders;
  if (owner !== null) migration.owner = owner;
  if (onHoldSince !== null) migration.onHoldSince = onHoldSince;
  if (instanceId !== null) migration.instanceId = instanceId;
  return migration;
}

export function toMilestoneValues(
  migrationId: string,
  row: MilestoneRow,
  asOfSeq: number,
): typeof milestones.$inferInsert {
  const { calendarChangedAtMs } = row;
  const calendarChangedAt = calendarChangedAtMs === undefined ? null : new Date(calendarChangedAtMs);
  return { ...row, migrationId, asOfSeq, calendarChangedAt };
}

export function fromMilestoneRow(row: typeof milestones.$inferSelect): MilestoneRow {
  const { milestoneId, ruleId, kind, title, holder, holderName, anchor, provisional, status } = row;
  return {
    milestoneId,
    ruleId,
    kind,
    title,
    holder,
    holderName,
    anchor,
    provisional,
    status,
    ...(row.partyId !== null && { partyId: row.partyId }),
    ...(row.opensOn !== null && { opensOn: row.opensOn }),
    ...(row.dueOn !== null && { dueOn: row.dueOn }),
    ...(row.settledOn !== null && { settledOn: row.settledOn }),
    ...(row.settledBy !== null && { settledBy: row.settledBy }),
    ...(row.slippedOn !== null && { slippedOn: row.slippedOn }),
  };
}

export function toMessageValues(migrationId: string, row: MessageRow, asOfSeq: number): typeof messages.$inferInsert {
  return { ...row, migrationId, asOfSeq, sentAt: new Date(row.sentAtMs) };
}

export function fromMessageRow(row: typeof messages.$inferSelect): MessageRow {
  const { key, messageId, kind, toKey, outcome, mayHaveRepeated, sentAt, milestoneIds } = row;
  return { key, messageId, kind, toKey, outcome, mayHaveRepeated, sentAtMs: sentAt.getTime(), milestoneIds };
}

export function toAuditValues(migrationId: string, record: AuditRecord): typeof audit.$inferInsert {
  return { ...record, migrationId, at: new Date(record.atMs) };
}

export function fromAuditRow(row: typeof audit.$inferSelect): AuditRecord {
  const { seq, at, actor, type, data, prevHash, hash } = row;
  return { seq, atMs: at.getTime(), actor, type, data, prevHash, hash };
}
