import { and, desc, eq, isNull } from 'drizzle-orm';
import { apiTokens } from './schema.js';
import type { ApiToken, Database } from './types.js';

function fromRow({ createdAt, expiresAt, revokedAt, ...same }: typeof apiTokens.$inferSelect): ApiToken {
  return {
    createdAtMs: createdAt.getTime(),
    expiresAtMs: expiresAt.getTime(),
    ...(revokedAt !== null && { revokedAtMs: revokedAt.getTime() }),
    ...same,
  };
}

/** Implements `Register.addToken`. */
export async function addToken(db: Database, token: ApiToken): Promise<void> {
  const { createdAtMs, expiresAtMs, ...same } = token;
  await db.insert(apiTokens).values({ createdAt: new Date(createdAtMs), expiresAt: new Date(expiresAtMs), ...same });
}

/** Implements `Register.findToken`. */
export async function findToken(db: Database, tokenId: string): Promise<ApiToken | undefined> {
  const [row] = await db.select().from(apiTokens).where(eq(apiTokens.tokenId, tokenId));
  return row && fromRow(row);
}

/** Implements `Register.tokens`. */
export async function listTokens(db: Database): Promise<ApiToken[]> {
  return (await db.select().from(apiTokens).orderBy(desc(apiTokens.createdAt), apiTokens.tokenId)).map(fromRow);
}

/** Implements `Register.revokeToken`. */
export async function revokeToken(db: Database, tokenId: string, atMs: number): Promise<boolean> {
  const revoked = await db
    .update(apiTokens)
    .set({ revokedAt: new Date(atMs) })
    .where(and(eq(apiTokens.tokenId, tokenId), isNull(apiTokens.revokedAt)))
    .returning({ tokenId: apiTokens.tokenId });
  return revoked.length > 0;
}
