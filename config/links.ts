/** The links in mails: each is for one migration and one role, signed, and ends by itself. */
import { errors, jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import type { Keys } from './keysFile.js';

/** Whose page a link opens. */
export interface LinkScope {
  migrationId: string;
  /** `practiceManager`, or `PARTY.contact`: the key of an addressee. */
  role: string;
  /** Rises when the links of a role are revoked; a link of an earlier generation opens nothing. */
  generation: number;
}

export type LinkReading =
  { kind: 'valid'; scope: LinkScope } | { kind: 'expired'; scope: LinkScope } | { kind: 'invalid' };

export interface Links {
  /** The token of a link. The same arguments give the same token, so that a mail sent twice is the same mail. */
  token(scope: LinkScope, between: { fromMs: number; untilMs: number }): Promise<string>;
  read(token: string, nowMs: number): Promise<LinkReading>;
}

/** How every token of ours is signed. */
export const ALGORITHM = 'HS256';
/** Binds a token to its use: what else is ever signed with these keys is no link. */
const AUDIENCE = 'leadtime-page';

const claimsSchema = z.object({ mig: z.string(), role: z.string(), gen: z.int().nonnegative() });

const seconds = (ms: number): number => Math.floor(ms / 1_000);

function scopeOf(claims: unknown): LinkScope | undefined {
  const { data } = claimsSchema.safeParse(claims);
  return data && { migrationId: data.mig, role: data.role, generation: data.gen };
}

/** What an expired link was for, so that its reader can be told whom to ask. */
function ofFailure(error: unknown): LinkReading {
  const scope = error instanceof errors.JWTExpired ? scopeOf(error.payload) : undefined;
  return scope === undefined ? { kind: 'invalid' } : { kind: 'expired', scope };
}

/** The key of an id, as a token names it. @throws JWSInvalid */
export function keyOf({ keys }: Keys, id: string | undefined): Uint8Array {
  const key = id === undefined ? undefined : keys.get(id);
  if (key === undefined) throw new errors.JWSInvalid('no such key');
  return key;
}

/** Signs links with the current key, and reads those of every key that is kept. */
export function createLinks(keys: Keys): Links {
  const { current } = keys;
  return {
    token: ({ migrationId, role, generation }, { fromMs, untilMs }) =>
      new SignJWT({ mig: migrationId, role, gen: generation })
        .setProtectedHeader({ alg: ALGORITHM, kid: current })
        .setAudience(AUDIENCE)
        .setIssuedAt(seconds(fromMs))
        .setExpirationTime(seconds(untilMs))
        .sign(keyOf(keys, current)),
    read: async (token, nowMs) => {
      try {
        const options = { algorithms: [ALGORITHM], audience: AUDIENCE, currentDate: new Date(nowMs) };
        const { payload } = await jwtVerify(token, (header: JWTHeaderParameters) => keyOf(keys, header.kid), options);
        const scope = scopeOf(payload);
        return scope === undefined ? { kind: 'invalid' } : { kind: 'valid', scope };
      } catch (error) {
        return ofFailure(error);
      }
    },
  };
}
