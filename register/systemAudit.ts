import { desc, eq, sql } from 'drizzle-orm';
import { emptyHead, sealRecord } from '../rules/migration/auditChain.js';
import type { AuditRecord } from '../rules/migration/records.js';
import type { AuditDraft } from '../rules/migration/state.js';
import { advisoryLocks } from './advisoryLocks.js';
import { audit } from './schema.js';
import { type Database, systemChainId } from './types.js';
import { appendAudit } from './write.js';

/**
 * Implements `Register.appendSystemAudit`. Unlike a migration's chain, this one has many writers: they take turns.
 * @param tx a transaction
 */
export async function appendToSystemChain(tx: Database, draft: AuditDraft): Promise<AuditRecord> {
  await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.systemChain})`);
  const [last] = await tx
    .select({ seq: audit.seq, hash: audit.hash })
    .from(audit)
    .where(eq(audit.migrationId, systemChainId))
    .orderBy(desc(audit.seq))
    .limit(1);
  const record = sealRecord(last ?? emptyHead, draft);
  await appendAudit(tx, systemChainId, [record]);
  return record;
}
