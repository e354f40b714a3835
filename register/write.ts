import { and, eq, getTableColumns, inArray, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { AuditRecord, RegisterWrite } from '../rules/migration/records.js';
import { RegisterConflictError } from './errors.js';
import { toAuditValues, toMessageValues, toMigrationValues, toMilestoneValues } from './rows.js';
import { audit, messages, migrations, milestones } from './schema.js';
import type { Database } from './types.js';

/** PostgreSQL takes 65,535 parameters in one statement; the widest table has 20 columns. */
const ROWS_PER_STATEMENT = 500;

/** Implements `Register.write`. @param tx a transaction */
export async function writeToRegister(tx: Database, write: RegisterWrite): Promise<void> {
  // The migration's row comes first: its lock makes two writers of one migration take turns.
  await upsertMigration(tx, write);
  await upsertMilestones(tx, write);
  await upsertMessages(tx, write);
  await appendAudit(tx, write.migration.migrationId, write.audit);
}

/**
 * Adds records to one chain; those that are there already stay as they are.
 * @throws RegisterConflictError where one of them differs
 */
export async function appendAudit(db: Database, migrationId: string, records: AuditRecord[]): Promise<void> {
  for (const some of inBatches(records)) {
    await db
      .insert(audit)
      .values(some.map((record) => toAuditValues(migrationId, record)))
      .onConflictDoNothing();
    await refuseOtherRecords(db, migrationId, some);
  }
}

async function refuseOtherRecords(db: Database, migrationId: string, records: AuditRecord[]): Promise<void> {
  const places = records.map((record) => record.seq);
  const standing = await db
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .where(and(eq(audit.migrationId, migrationId), inArray(audit.seq, places)));
  const hashes = new Map(standing.map(({ seq, hash }) => [seq, hash]));
  const other = records.find((record) => hashes.get(record.seq) !== record.hash);
  if (other) throw new RegisterConflictError(migrationId, other.seq);
}

async function upsertMigration(db: Database, { migration, asOfSeq }: RegisterWrite): Promise<void> {
  await db
    .insert(migrations)
    .values(toMigrationValues(migration, asOfSeq))
    .onConflictDoUpdate({
      target: migrations.migrationId,
      set: incoming(migrations),
      setWhere: notNewer(migrations.asOfSeq),
    });
}

async function upsertMilestones(db: Database, { migration, asOfSeq, ...write }: RegisterWrite): Promise<void> {
  for (const some of inBatches(lastOfEach(write.milestones, (row) => row.milestoneId))) {
    await db
      .insert(milestones)
      .values(some.map((row) => toMilestoneValues(migration.migrationId, row, asOfSeq)))
      .onConflictDoUpdate({
        target: [milestones.migrationId, milestones.milestoneId],
        set: incoming(milestones),
        setWhere: notNewer(milestones.asOfSeq),
      });
  }
}

async function upsertMessages(db: Database, { migration, asOfSeq, ...write }: RegisterWrite): Promise<void> {
  for (const some of inBatches(lastOfEach(write.messages, (row) => row.key))) {
    await db
      .insert(messages)
      .values(some.map((row) => toMessageValues(migration.migrationId, row, asOfSeq)))
      .onConflictDoUpdate({
        target: [messages.migrationId, messages.key],
        set: incoming(messages),
        setWhere: notNewer(messages.asOfSeq),
      });
  }
}

/** Every column takes the value of the row that could not be inserted. */
function incoming(table: PgTable): Record<string, SQL> {
  const columns = Object.entries(getTableColumns(table));
  return Object.fromEntries(columns.map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]));
}

function notNewer(asOfSeq: typeof migrations.asOfSeq | typeof milestones.asOfSeq | typeof messages.asOfSeq): SQL {
  return sql`${asOfSeq} <= excluded.as_of_seq`;
}

/** One statement must not touch the same row twice. */
function lastOfEach<Row>(rows: Row[], keyOf: (row: Row) => string): Row[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

function inBatches<Row>(rows: Row[]): Row[][] {
  const batches: Row[][] = [];
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    batches.push(rows.slice(from, from + ROWS_PER_STATEMENT));
  }
  return batches;
}
