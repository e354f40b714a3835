/** Register rows as the tables hold them, and back. An absent value is NULL there and a missing member here. */
import type { AuditRecord, MessageRow, MigrationRow, MilestoneRow } from '../rules/migration/records.js';
import type { audit, messages, migrations, milestones } from './schema.js';
import type { RegisteredMigration } from './types.js';

export function toMigrationValues(row: MigrationRow, asOfSeq: number): typeof migrations.$inferInsert {
  const { closedAtMs } = row;
  const closedAt = closedAtMs === undefined ? null : new Date(closedAtMs);
  return { ...row, asOfSeq, startedAt: new Date(row.startedAtMs), closedAt };
}

export function fromMigrationRow(row: typeof migrations.$inferSelect): RegisteredMigration {
  const { startedAt, nextDeadlineOn, nextMilestoneId, criticalOn, criticalMilestoneId, ...rest } = row;
  // What calendars are made of is read by their own query.
  const { delayHolders, owner, operatorKey: _, mailDomain: __, closedAt: ___, ...same } = rest;
  return {
    ...same,
    startedAtMs: startedAt.getTime(),
    ...(nextDeadlineOn !== null && { nextDeadlineOn }),
    ...(nextMilestoneId !== null && { nextMilestoneId }),
    ...(criticalOn !== null && { criticalOn }),
    ...(criticalMilestoneId !== null && { criticalMilestoneId }),
    ...(delayHolders !== null && { delayHolders }),
    ...(owner !== null && { owner }),
  };
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
    ...{ milestoneId, ruleId, kind, title, holder, holderName, anchor, provisional, status },
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
