import { and, asc, count, desc, eq, getTableColumns, gt, sql } from 'drizzle-orm';
import type { AuditRecord, MessageRow } from '../rules/migration/records.js';
import { fromAuditRow, fromMessageRow, fromMigrationRow, fromMilestoneRow } from './rows.js';
import { audit, messages, migrations, milestones } from './schema.js';
import { wantedBy } from './wanted.js';
import type {
  Database,
  HistoryPart,
  ListFilter,
  MigrationDetails,
  MigrationPage,
  RegisteredMigration,
} from './types.js';

/** So many migrations are on a page where nobody says how many. */
export const USUAL_PAGE = 100;
const LONGEST_PAGE = 1_000;

const {
  operatorKey: _,
  mailDomain: __,
  closedAt: ___,
  blackoutConflicts: ____,
  ...listed
} = getTableColumns(migrations);

/** Implements `Register.list`. Page and total are asked for side by side. */
export async function listMigrations(db: Database, filter: ListFilter): Promise<MigrationPage> {
  const wanted = wantedBy(filter);
  const [rows, [all]] = await Promise.all([
    db
      .select(listed)
      .from(migrations)
      .where(wanted)
      .orderBy(sql`${migrations.nextDeadlineOn} asc nulls last`, asc(migrations.migrationId))
      .limit(Math.min(Math.max(filter.limit ?? USUAL_PAGE, 1), LONGEST_PAGE))
      .offset(Math.max(filter.offset ?? 0, 0)),
    db.select({ total: count() }).from(migrations).where(wanted),
  ]);
  return { migrations: rows.map(fromMigrationRow), total: all?.total ?? 0 };
}

/** Implements `Register.show`. */
export async function showMigration(db: Database, id: string): Promise<MigrationDetails | undefined> {
  const migration = await findMigration(db, id);
  if (!migration) return undefined;
  const rows = await db
    .select()
    .from(milestones)
    .where(eq(milestones.migrationId, migration.migrationId))
    .orderBy(sql`${milestones.dueOn} asc nulls last`, asc(milestones.milestoneId));
  return { migration, milestones: rows.map(fromMilestoneRow) };
}

/** Implements `Register.history`. An id without a migration may still have a chain: the system's own. */
export async function historyOf(
  db: Database,
  id: string,
  { after = 0, limit }: HistoryPart = {},
): Promise<AuditRecord[]> {
  const migrationId = (await findMigration(db, id))?.migrationId ?? id;
  const records = db
    .select()
    .from(audit)
    .where(and(eq(audit.migrationId, migrationId), gt(audit.seq, after)))
    .orderBy(asc(audit.seq));
  const rows = await (limit === undefined ? records : records.limit(limit));
  return rows.map(fromAuditRow);
}

/** Implements `Register.chains`. A migration whose whole trail was removed still has its row, and so its chain. */
export async function chainsOf(db: Database): Promise<string[]> {
  const inAudit = db.selectDistinct({ id: audit.migrationId }).from(audit);
  const rows = await inAudit.union(db.select({ id: migrations.migrationId }).from(migrations));
  return rows.map(({ id }) => id).toSorted();
}

/** Implements `Register.messages`. */
export async function messagesOf(db: Database, id: string): Promise<MessageRow[]> {
  const migration = await findMigration(db, id);
  if (!migration) return [];
  const rows = await db
    .select()
    .from(messages)
    .where(eq(messages.migrationId, migration.migrationId))
    .orderBy(asc(messages.sentAt), asc(messages.key));
  return rows.map(fromMessageRow);
}

/** By migration id, else by ODS code: real before rehearsed, running before ended, newest first. */
async function findMigration(db: Database, id: string): Promise<RegisteredMigration | undefined> {
  const [exact] = await db.select().from(migrations).where(eq(migrations.migrationId, id));
  if (exact) return fromMigrationRow(exact);
  const [best] = await db
    .select()
    .from(migrations)
    .where(eq(migrations.odsCode, id.toUpperCase()))
    .orderBy(
      asc(migrations.rehearsal),
      desc(eq(migrations.status, 'running')),
      desc(migrations.startedAt),
      desc(migrations.migrationId),
    )
    .limit(1);
  return best && fromMigrationRow(best);
}
