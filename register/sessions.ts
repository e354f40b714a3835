import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import { operatorSessions } from './schema.js';
import type { Database, OperatorSession } from './types.js';

/** What has ended is kept so long, for whoever asks why they were signed out. */
export const KEPT_MS = 30 * 86_400_000;

function fromRow(row: typeof operatorSessions.$inferSelect): OperatorSession {
  const { createdAt, seenAt, expiresAt, endedAt, ...same } = row;
  return {
    createdAtMs: createdAt.getTime(),
    seenAtMs: seenAt.getTime(),
    expiresAtMs: expiresAt.getTime(),
    ...(endedAt !== null && { endedAtMs: endedAt.getTime() }),
    ...same,
  };
}

/** Implements `Register.addSession`. */
export async function addSession(db: Database, session: OperatorSession): Promise<void> {
  const { createdAtMs, seenAtMs, expiresAtMs, endedAtMs: _, ...same } = session;
  await db.delete(operatorSessions).where(lt(operatorSessions.expiresAt, new Date(createdAtMs - KEPT_MS)));
  const instants = {
    createdAt: new Date(createdAtMs),
    seenAt: new Date(seenAtMs),
    expiresAt: new Date(expiresAtMs),
  };
  await db.insert(operatorSessions).values({ ...same, ...instants });
}

/** Implements `Register.findSession`. */
export async function findSession(db: Database, secretHash: string): Promise<OperatorSession | undefined> {
  const [row] = await db.select().from(operatorSessions).where(eq(operatorSessions.secretHash, secretHash));
  return row && fromRow(row);
}

/** Implements `Register.touchSession`. */
export async function touchSession(db: Database, sessionId: string, atMs: number): Promise<void> {
  const mine = eq(operatorSessions.sessionId, sessionId);
  await db
    .update(operatorSessions)
    .set({ seenAt: new Date(atMs) })
    .where(mine);
}

/** Implements `Register.sessions`. */
export async function listSessions(db: Database, atMs: number): Promise<OperatorSession[]> {
  const rows = await db
    .select()
    .from(operatorSessions)
    .where(and(isNull(operatorSessions.endedAt), gt(operatorSessions.expiresAt, new Date(atMs))))
    .orderBy(desc(operatorSessions.createdAt), operatorSessions.sessionId);
  return rows.map(fromRow);
}

/** Implements `Register.endSession`. */
export async function endSession(db: Database, sessionId: string, atMs: number): Promise<OperatorSession | undefined> {
  const [row] = await db
    .update(operatorSessions)
    .set({ endedAt: new Date(atMs) })
    .where(and(eq(operatorSessions.sessionId, sessionId), isNull(operatorSessions.endedAt)))
    .returning();
  return row && fromRow(row);
}
