import { and, asc, between, count, desc, eq, gt, inArray } from 'drizzle-orm';
import type { BulkCounts, RowRange } from '../rules/bulk/bulk.js';
import type { BulkOperation, BulkRow, BulkRowFilter, WaitingBulkRow } from './bulkTypes.js';
import { bulkOperations, bulkRows } from './schema.js';
import type { Database } from './types.js';

const USUAL_PAGE = 100;
const LONGEST_PAGE = 1_000;

const isWithin = ({ from, to }: RowRange) => between(bulkRows.row, from, to);

/** Implements `Register.bulkCounts`. */
export async function countsOf(db: Database, bulkId: string, range?: RowRange): Promise<BulkCounts> {
  const rows = await db
    .select({ status: bulkRows.status, rows: count() })
    .from(bulkRows)
    .where(and(eq(bulkRows.bulkId, bulkId), range && isWithin(range)))
    .groupBy(bulkRows.status);
  const counts: BulkCounts = { done: 0, failed: 0, waiting: 0 };
  for (const { status, rows: number } of rows) counts[status] = number;
  return counts;
}

type OperationRow = typeof bulkOperations.$inferSelect;

function withCounts({ askedBy, askedAt, endedAt, ...same }: OperationRow, counts: BulkCounts): BulkOperation {
  const { done, failed, waiting } = counts;
  return {
    ...same,
    by: askedBy,
    askedAtMs: askedAt.getTime(),
    ...(endedAt !== null && { endedAtMs: endedAt.getTime() }),
    total: done + failed + waiting,
    done,
    failed,
    waiting,
  };
}

/** Implements `Register.findBulk`. */
export async function findBulk(db: Database, bulkId: string): Promise<BulkOperation | undefined> {
  const [found] = await db.select().from(bulkOperations).where(eq(bulkOperations.bulkId, bulkId));
  return found && withCounts(found, await countsOf(db, bulkId));
}

/** Implements `Register.bulks`. */
export async function listBulks(db: Database, limit: number): Promise<BulkOperation[]> {
  const found = await db
    .select()
    .from(bulkOperations)
    .orderBy(desc(bulkOperations.askedAt), bulkOperations.bulkId)
    .limit(limit);
  const ids = found.map(({ bulkId }) => bulkId);
  const { bulkId, status } = bulkRows;
  const rows = await db
    .select({ bulkId, status, rows: count() })
    .from(bulkRows)
    .where(inArray(bulkId, ids))
    .groupBy(bulkId, status);
  return found.map((operation) => {
    const counts: BulkCounts = { done: 0, failed: 0, waiting: 0 };
    for (const each of rows) if (each.bulkId === operation.bulkId) counts[each.status] = each.rows;
    return withCounts(operation, counts);
  });
}

function fromRow(row: typeof bulkRows.$inferSelect): BulkRow {
  const { line, code, detail, migrationId, settledAt } = row;
  return {
    row: row.row,
    ...(line !== null && { line }),
    practice: row.practice,
    subject: row.subject,
    status: row.status,
    ...(code !== null && { code }),
    ...(detail !== null && { detail }),
    ...(migrationId !== null && { migrationId }),
    ...(settledAt !== null && { atMs: settledAt.getTime() }),
  };
}

/** Implements `Register.bulkRows`. */
export async function listBulkRows(db: Database, bulkId: string, filter: BulkRowFilter): Promise<BulkRow[]> {
  const { status, after = 0, limit = USUAL_PAGE } = filter;
  const rows = await db
    .select()
    .from(bulkRows)
    .where(and(eq(bulkRows.bulkId, bulkId), status && eq(bulkRows.status, status), gt(bulkRows.row, after)))
    .orderBy(asc(bulkRows.row))
    .limit(Math.min(Math.max(limit, 1), LONGEST_PAGE));
  return rows.map(fromRow);
}

/** Implements `Register.waitingBulkRows`. */
export async function waitingBulkRows(db: Database, bulkId: string, range: RowRange): Promise<WaitingBulkRow[]> {
  const rows = await db
    .select()
    .from(bulkRows)
    .where(and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.status, 'waiting'), isWithin(range)))
    .orderBy(asc(bulkRows.row));
  return rows.map(({ row, line, practice, subject, request, attempt, migrationId }) => ({
    row,
    practice,
    subject,
    request: request ?? '',
    attempt,
    ...(line !== null && { line }),
    ...(migrationId !== null && { migrationId }),
  }));
}
