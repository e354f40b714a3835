import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { makeApiToken, secretHash } from '../../config/apiToken.js';
import { roles, type ApiToken, type Register } from '../../register/types.js';
import { createdTokenAnswer, revokedTokenAnswer, tokensAnswer } from '../answers/system.js';
import { freeText, wantedText } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import { orUnavailable } from './orUnavailable.js';
import { idempotencyKeyOf } from './requests.js';

const tags = ['tokens'];
const DAY_MS = 86_400_000;

const tokenBody = z.strictObject({
  name: freeText(80).describe('What it is for, or whose it is.'),
  role: z.enum(roles).describe('viewer looks, operator works on migrations, admin gives out tokens too.'),
  days: z.int().min(1).max(366).default(90).describe('It ends after so many days.'),
  by: freeText().describe('Who gives it out, for the audit trail.'),
});
const revokeBody = z.strictObject({ by: freeText().describe('Who revokes it, for the audit trail.') });
const tokenParams = z.object({ tokenId: wantedText() });

export interface TokenDependencies {
  register: Pick<Register, 'addToken' | 'findToken' | 'tokens' | 'revokeToken' | 'appendSystemAudit'>;
  nowMs: () => number;
}

const shown = ({ secretHash: _, ...token }: ApiToken): Omit<ApiToken, 'secretHash'> => token;

/** Tokens for scripts and people: given out once, listed without their secrets, revoked. */
export const tokenRoutes =
  ({ register, nowMs }: TokenDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { role: 'admin' } as const;
    const audit = (actor: string, type: string, data: Record<string, unknown>) =>
      orUnavailable(register.appendSystemAudit({ atMs: nowMs(), actor, type, data }));
    app.get(
      '/tokens',
      { config, schema: { summary: 'Tokens, without their secrets', tags, response: { 200: tokensAnswer } } },
      async () => ({
        tokens: (await orUnavailable(register.tokens())).map(shown),
      }),
    );
    app.post(
      '/tokens',
      {
        config,
        schema: {
          summary: 'A new token, shown this once',
          tags,
          body: tokenBody,
          response: { 200: createdTokenAnswer },
        },
      },
      async (request, reply) => {
        const { name, role, days, by } = request.body;
        const { tokenId, secret, token } = makeApiToken(idempotencyKeyOf(request));
        if ((await orUnavailable(register.findToken(tokenId))) !== undefined) throw givenOut(tokenId);
        const createdAtMs = nowMs();
        const expiresAtMs = createdAtMs + days * DAY_MS;
        // Audited first: a token that nobody knows of must not exist.
        await audit(by, 'token.created', { tokenId, name, role, expiresAtMs });
        const kept = { tokenId, name, role, secretHash: secretHash(secret), createdAtMs, createdBy: by, expiresAtMs };
        await orUnavailable(register.addToken(kept));
        return reply.header('cache-control', 'no-store').send({ ...shown(kept), token });
      },
    );
    app.post(
      '/tokens/:tokenId/revoke',
      {
        config,
        schema: {
          summary: 'A token ends now',
          tags,
          params: tokenParams,
          body: revokeBody,
          response: { 200: revokedTokenAnswer },
        },
      },
      async ({ params: { tokenId }, body: { by } }) => {
        const isRevoked = await orUnavailable(register.revokeToken(tokenId, nowMs()));
        if (!isRevoked) throw noToken(tokenId);
        await audit(by, 'token.revoked', { tokenId });
        return { tokenId };
      },
    );
  };

/** The secret is not kept, so a repeat cannot have it again. */
const givenOut = (tokenId: string): ApiProblem =>
  new ApiProblem({
    code: 'token-given-out',
    status: 409,
    title: 'This request has had its token',
    detail: `Token "${tokenId}" was given out for this Idempotency-Key. If it never arrived, revoke it and ask with another key.`,
  });

const noToken = (tokenId: string): ApiProblem =>
  new ApiProblem({
    code: 'unknown-token',
    status: 404,
    title: 'There is no such token',
    detail: `No token "${tokenId}" is in use: see "leadtime token list".`,
  });
