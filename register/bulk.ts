/** Operations on many practices: written down, begun, ended. What their rows hold is read in `bulkQueries.ts`. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { BulkCounts, BulkResult, BulkState } from '../rules/bulk/bulk.js';
import { storableJson } from '../rules/migration/canonicalJson.js';
import type { AuditDraft } from '../rules/migration/state.js';
import { countsOf } from './bulkQueries.js';
import type { BulkEnd, NewBulk, NewBulkRow } from './bulkTypes.js';
import { bulkOperations, bulkRows, migrations } from './schema.js';
import { appendToSystemChain } from './systemAudit.js';
import type { Database } from './types.js';

const ROWS_PER_STATEMENT = 1_000;

/** Implements `Register.addBulk`. @param tx a transaction */
export async function addBulk(
  tx: Database,
  { askedAtMs, by, ...same }: NewBulk,
  rows: readonly NewBulkRow[],
  audit: AuditDraft,
): Promise<void> {
  const added = await tx
    .insert(bulkOperations)
    .values({ ...same, askedBy: by, askedAt: new Date(askedAtMs), state: 'waiting' })
    .onConflictDoNothing()
    .returning({ bulkId: bulkOperations.bulkId });
  if (added.length === 0) return;
  const { bulkId } = same;
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    const some = rows.slice(from, from + ROWS_PER_STATEMENT);
    await tx.insert(bulkRows).values(some.map((row) => ({ ...row, bulkId, attempt: 1, status: 'waiting' as const })));
  }
  await appendToSystemChain(tx, audit);
}

/** By ODS code a row means the practice's real migration: the one that runs, else the newest. */
const meantBy = sql`(select ${migrations.migrationId} from ${migrations}
  where ${migrations.odsCode} = ${bulkRows.practice} and not ${migrations.rehearsal}
  order by (${migrations.status} = 'running') desc, ${migrations.startedAt} desc, ${migrations.migrationId} desc limit 1)`;

const waitingOf = (bulkId: string) => and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.status, 'waiting'));

/** Implements `Register.beginBulk`. @param tx a transaction */
export async function beginBulk(tx: Database, bulkId: string): Promise<number[]> {
  const [begun] = await tx
    .update(bulkOperations)
    .set({ state: 'running' })
    .where(and(eq(bulkOperations.bulkId, bulkId), inArray(bulkOperations.state, ['waiting', 'running'])))
    .returning();
  if (begun === undefined) return [];
  const { operation } = begun;
  if (operation !== 'start')
    await tx
      .update(bulkRows)
      .set({ migrationId: meantBy })
      .where(and(waitingOf(bulkId), sql`${bulkRows.migrationId} is null`));
  const rows = await tx.select({ row: bulkRows.row }).from(bulkRows).where(waitingOf(bulkId)).orderBy(bulkRows.row);
  return rows.map(({ row }) => row);
}

/** Implements `Register.keepBulkResults`. */
export async function keepBulkResults(db: Database, bulkId: string, results: readonly BulkResult[]): Promise<void> {
  if (results.length === 0) return;
  const known = JSON.stringify(storableJson(results));
  await db.execute(sql`update ${bulkRows} as kept set status = known.status, code = known.code, detail = known.detail,
    migration_id = coalesce(known."migrationId", kept.migration_id), settled_at = to_timestamp(known."atMs" / 1000.0)
    from jsonb_to_recordset(${known}::jsonb)
      as known("row" int, status text, code text, detail text, "migrationId" text, "atMs" double precision)
    where kept.bulk_id = ${bulkId} and kept."row" = known."row" and kept.status = 'waiting'`);
}

/** Implements `Register.endBulk`. @param tx a transaction */
export async function endBulk(tx: Database, bulkId: string, { state, atMs, audit }: BulkEnd): Promise<BulkCounts> {
  const ended = await tx
    .update(bulkOperations)
    .set({ state, endedAt: new Date(atMs) })
    .where(and(eq(bulkOperations.bulkId, bulkId), inArray(bulkOperations.state, ['waiting', 'running'])))
    .returning({ bulkId: bulkOperations.bulkId });
  const counts = await countsOf(tx, bulkId);
  if (ended.length === 0) return counts;
  await tx
    .update(bulkRows)
    .set({ request: null })
    .where(and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.status, 'done')));
  await appendToSystemChain(tx, audit(counts));
  return counts;
}

/** What nobody answered may have happened, and is asked under the same id again; what was refused is asked anew. */
const wasRefused = sql`${bulkRows.code} is distinct from 'unavailable'`;

/** Implements `Register.reopenBulk`. @param tx a transaction */
export async function reopenBulk(tx: Database, bulkId: string, from: BulkState, audit: AuditDraft): Promise<boolean> {
  const reopened = await tx
    .update(bulkOperations)
    .set({ state: 'waiting', endedAt: null })
    .where(and(eq(bulkOperations.bulkId, bulkId), eq(bulkOperations.state, from)))
    .returning({ bulkId: bulkOperations.bulkId });
  if (reopened.length === 0) return false;
  await tx
    .update(bulkRows)
    .set({
      attempt: sql`${bulkRows.attempt} + (case when ${wasRefused} then 1 else 0 end)`,
      migrationId: sql`case when ${wasRefused} then null else ${bulkRows.migrationId} end`,
      status: 'waiting',
      code: null,
      detail: null,
      settledAt: null,
    })
    .where(and(eq(bulkRows.bulkId, bulkId), eq(bulkRows.status, 'failed')));
  await appendToSystemChain(tx, audit);
  return true;
}
