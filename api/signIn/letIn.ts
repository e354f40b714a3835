import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Person } from './sessions.js';
import { signedInBy, type SignIn } from './signIn.js';

/** What the addresses beneath `/sign-in` may carry. */
export interface Routed {
  Params: { token: string };
  Querystring: { next?: string | string[] };
}

const MAX_PATH = 1_000;

/** Whether somebody may be sent there after signing in: a path of the operators' pages, and no way off this site. */
export const isOurPath = (path: string): boolean =>
  path.length <= MAX_PATH && /^\/operator(?:[/?][\x21\x23-\x5b\x5d-\x7e]*)?$/.test(path);

/** Signs somebody in under a new secret; the session that the browser had ends. */
export async function letIn(
  signIn: SignIn,
  request: FastifyRequest,
  reply: FastifyReply,
  person: Person,
): Promise<void> {
  const { sessions, cookies } = signIn;
  const before = await signedInBy(signIn, request);
  const { secret } = await sessions.start(person);
  if (before !== undefined) await sessions.end(before.sessionId, person.name);
  reply.setCookie(cookies.session, secret, cookies.options);
}
