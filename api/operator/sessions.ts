import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { roles, type OperatorSession } from '../../register/types.js';
import { endedSessionAnswer, sessionsAnswer, signInLinkAnswer } from '../answers/signIn.js';
import { freeText, wantedText } from '../plainJson.js';
import { ApiProblem } from '../problem.js';
import type { SignIn } from '../signIn/signIn.js';

const tags = ['sign-in'];

const linkBody = z.strictObject({
  name: freeText(80).describe('Whom it signs in: the name that the audit trail shows.'),
  role: z.enum(roles).default('admin').describe('What they may do.'),
  by: freeText().describe('Who makes it, for the audit trail.'),
});
const endBody = z.strictObject({ by: freeText().describe('Who ends it, for the audit trail.') });
const sessionParams = z.object({ sessionId: wantedText() });

export interface SessionRouteDependencies {
  signIn: SignIn;
}

const shown = ({ secretHash: _, ...session }: OperatorSession): Omit<OperatorSession, 'secretHash'> => session;

const providerIsSet = (): ApiProblem =>
  new ApiProblem({
    code: 'provider-is-set',
    status: 409,
    title: 'People sign in at your organisation’s provider',
    detail: 'LEADTIME_OIDC_ISSUER is set, so no link is made: open /operator in a browser and sign in there.',
  });

const noSession = (sessionId: string): ApiProblem =>
  new ApiProblem({
    code: 'unknown-session',
    status: 404,
    title: 'There is no such session',
    detail: `Nobody is signed in under "${sessionId}": see "leadtime session list".`,
  });

/** Who is signed in to the pages; ends a session; makes a link that signs somebody in once. */
export const sessionRoutes =
  ({ signIn }: SessionRouteDependencies): FastifyPluginAsyncZod =>
  async (app) => {
    const config = { role: 'admin' } as const;
    app.post(
      '/sign-in-links',
      {
        config,
        schema: {
          summary: 'A link that signs somebody in once, shown this once',
          tags,
          body: linkBody,
          response: { 200: signInLinkAnswer },
        },
      },
      async ({ body }, reply) => {
        if (signIn.provider !== undefined) throw providerIsSet();
        return reply.header('cache-control', 'no-store').send(await signIn.links.make(body));
      },
    );
    app.get(
      '/sessions',
      { config, schema: { summary: 'Who is signed in to the pages', tags, response: { 200: sessionsAnswer } } },
      async () => ({
        sessions: (await signIn.sessions.list()).map(shown),
      }),
    );
    app.post(
      '/sessions/:sessionId/end',
      {
        config,
        schema: {
          summary: 'Somebody is signed out now',
          tags,
          params: sessionParams,
          body: endBody,
          response: { 200: endedSessionAnswer },
        },
      },
      async ({ params: { sessionId }, body: { by } }) => {
        if (!(await signIn.sessions.end(sessionId, by))) throw noSession(sessionId);
        return { sessionId };
      },
    );
  };
