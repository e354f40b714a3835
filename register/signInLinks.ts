import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { signInLinks } from './schema.js';
import { KEPT_MS } from './sessions.js';
import type { Database, SignInLink } from './types.js';

function fromRow({ createdAt, expiresAt, usedAt, ...same }: typeof signInLinks.$inferSelect): SignInLink {
  return {
    createdAtMs: createdAt.getTime(),
    expiresAtMs: expiresAt.getTime(),
    ...(usedAt !== null && { usedAtMs: usedAt.getTime() }),
    ...same,
  };
}

/** Implements `Register.addSignInLink`. */
export async function addSignInLink(db: Database, link: SignInLink): Promise<void> {
  const { createdAtMs, expiresAtMs, usedAtMs: _, ...same } = link;
  await db.delete(signInLinks).where(lt(signInLinks.expiresAt, new Date(createdAtMs - KEPT_MS)));
  await db.insert(signInLinks).values({ ...same, createdAt: new Date(createdAtMs), expiresAt: new Date(expiresAtMs) });
}

/** Implements `Register.findSignInLink`. */
export async function findSignInLink(db: Database, secretHash: string): Promise<SignInLink | undefined> {
  const [row] = await db.select().from(signInLinks).where(eq(signInLinks.secretHash, secretHash));
  return row && fromRow(row);
}

/** Implements `Register.spendSignInLink`. */
export async function spendSignInLink(db: Database, secretHash: string, atMs: number): Promise<SignInLink | undefined> {
  const now = new Date(atMs);
  const [row] = await db
    .update(signInLinks)
    .set({ usedAt: now })
    .where(and(eq(signInLinks.secretHash, secretHash), isNull(signInLinks.usedAt), gt(signInLinks.expiresAt, now)))
    .returning();
  return row && fromRow(row);
}
