/** Tokens for the operators' API: `lt_ID_SECRET`. The id may be shown; only the secret's hash is kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const pattern = /^lt_([a-f0-9]{12})_([A-Za-z0-9_-]{43})$/;
const ID_BYTES = 6;
const SECRET_BYTES = 32;

export interface ApiTokenParts {
  tokenId: string;
  secret: string;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** SHA-256 in hex. Enough for a secret of 256 random bits, which nobody can guess from a list of words. */
export const secretHash = (secret: string): string => digest(secret).toString('hex');

/**
 * Draws a new one.
 *
 * @param requestId names the request for it: the same one has the same token id, and a secret of its own
 */
export function makeApiToken(requestId?: string): ApiTokenParts & { token: string } {
  const id = requestId === undefined ? randomBytes(ID_BYTES) : digest(requestId).subarray(0, ID_BYTES);
  const tokenId = id.toString('hex');
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  return { tokenId, secret, token: `lt_${tokenId}_${secret}` };
}

/** Reads one; undefined for a text that is none. */
export function readApiToken(text: string): ApiTokenParts | undefined {
  const [, tokenId, secret] = pattern.exec(text) ?? [];
  return tokenId === undefined || secret === undefined ? undefined : { tokenId, secret };
}

/** Compared by digest: equal lengths, so that neither length nor content shows in the time it takes. */
export const isSameSecret = (given: string, kept: string): boolean => timingSafeEqual(digest(given), digest(kept));

/** Whether a secret is the one that was kept as a hash. */
export const isSecretOf = (secret: string, hash: string): boolean => isSameSecret(secretHash(secret), hash);
