/** The links to calendars that a calendar program looks at again and again: signed, and without an end of their own. */
import { jwtVerify, SignJWT, type JWTHeaderParameters } from 'jose';
import { z } from 'zod';
import type { Keys } from './keysFile.js';
import { ALGORITHM, keyOf, type LinkScope } from './links.js';

/** page: the days of one reader of a migration. operator: of all practices of an operator, by a random id. */
export type FeedScope = ({ kind: 'page' } & LinkScope) | { kind: 'operator'; feedId: string };

export interface FeedLink {
  /** `https://leadtime.example.nhs.uk/calendar/eyJ….ics` */
  url: string;
  /** The same for a program that subscribes when it is opened: `webcal://…`. */
  webcal: string;
}

export interface FeedLinks {
  /** The same scope has the same link, as long as the current key stays. */
  linkOf(scope: FeedScope): Promise<FeedLink>;
  /** Undefined for what is no link of ours: changed, cut, or signed with a key that is not kept any more. */
  read(token: string): Promise<FeedScope | undefined>;
}

/** No page opens with such a token, and no calendar with a page's. */
const AUDIENCE = 'leadtime-calendar';

const claimsSchema = z.union([
  z
    .object({ mig: z.string(), role: z.string(), gen: z.int().nonnegative() })
    .transform(({ mig, role, gen }): FeedScope => ({ kind: 'page', migrationId: mig, role, generation: gen })),
  z.object({ feed: z.string() }).transform(({ feed }): FeedScope => ({ kind: 'operator', feedId: feed })),
]);

const claimsOf = (scope: FeedScope): Record<string, string | number> =>
  scope.kind === 'page' ? { mig: scope.migrationId, role: scope.role, gen: scope.generation } : { feed: scope.feedId };

/** @param publicUrl under which calendar programs reach the API; without a slash at the end */
export function createFeedLinks(keys: Keys, publicUrl: string): FeedLinks {
  const { current } = keys;
  const sign = (scope: FeedScope): Promise<string> =>
    new SignJWT(claimsOf(scope))
      .setProtectedHeader({ alg: ALGORITHM, kid: current })
      .setAudience(AUDIENCE)
      .sign(keyOf(keys, current));
  return {
    linkOf: async (scope) => {
      const url = `${publicUrl}/calendar/${await sign(scope)}.ics`;
      return { url, webcal: url.replace(/^https?:/, 'webcal:') };
    },
    read: async (token) => {
      try {
        const options = { algorithms: [ALGORITHM], audience: AUDIENCE };
        const { payload } = await jwtVerify(token, ({ kid }: JWTHeaderParameters) => keyOf(keys, kid), options);
        return claimsSchema.safeParse(payload).data;
      } catch {
        return undefined;
      }
    },
  };
}
