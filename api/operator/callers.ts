/** Who calls the operators' API, and what they may do. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isSameSecret, isSecretOf, readApiToken } from '../../config/apiToken.js';
import { roles, type Register, type Role } from '../../register/types.js';
import { ApiProblem } from '../problem.js';
import { CSRF_HEADER, isCsrfToken, isFromOurPages } from '../signIn/csrf.js';
import { signedInBy, type SignIn } from '../signIn/signIn.js';
import { orUnavailable } from './orUnavailable.js';

export interface Caller {
  /** The token's name, `operator token` for the one in the file, or the name of the person who is signed in. */
  name: string;
  role: Role;
  /** Absent for the one in the file, and for people. */
  tokenId?: string;
  /** Of a person who is signed in. */
  sessionId?: string;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call it: at least this role. A GET needs a viewer and everything else an operator, unless it says so here. */
    role?: Role;
  }
  interface FastifyRequest {
    caller?: Caller;
  }
}

export interface CallerDependencies {
  register: Pick<Register, 'findToken' | 'appendSystemAudit'>;
  /** From `readOperatorToken`: may do everything. */
  operatorToken: string;
  signIn: SignIn;
  nowMs: () => number;
}

const notSignedIn = (detail: string): ApiProblem =>
  new ApiProblem({
    code: 'not-signed-in',
    status: 401,
    title: 'No valid operator token',
    detail,
    headers: { 'www-authenticate': 'Bearer realm="leadtime"' },
  });

const HOW = 'Send the operator token as "Authorization: Bearer TOKEN".';

const forged = (): ApiProblem =>
  new ApiProblem({
    code: 'not-from-our-pages',
    status: 403,
    title: 'This did not come from a page of ours',
    detail: `A browser that is signed in sends the token of its page along, as ${CSRF_HEADER}.`,
  });

const changesNothing = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

/** Who is signed in. A browser sends its cookie whoever asks it to, so what changes anything needs the token of a page too. */
async function callerSignedIn(request: FastifyRequest, { signIn }: CallerDependencies): Promise<Caller> {
  const signedIn = await signedInBy(signIn, request);
  if (signedIn === undefined) throw notSignedIn(HOW);
  const { name, role, sessionId, csrfSecret } = signedIn;
  const isOurs = isFromOurPages(request, signIn.publicUrl) && isCsrfToken(csrfSecret, request.headers[CSRF_HEADER]);
  if (!changesNothing(request) && !isOurs) throw forged();
  return { name, role, sessionId };
}

/** Whose token or session a request carries. @throws ApiProblem 401, 403, or 503 while the register is away */
async function callerOf(request: FastifyRequest, deps: CallerDependencies): Promise<Caller> {
  if (request.headers.authorization === undefined) return callerSignedIn(request, deps);
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization) ?? [];
  if (given === undefined) throw notSignedIn(HOW);
  if (isSameSecret(given, deps.operatorToken)) return { name: 'operator token', role: 'admin' };
  const parts = readApiToken(given);
  const token = parts && (await orUnavailable(deps.register.findToken(parts.tokenId)));
  if (parts === undefined || token === undefined || !isSecretOf(parts.secret, token.secretHash)) throw notSignedIn(HOW);
  if (token.revokedAtMs !== undefined) throw notSignedIn(`The token "${token.name}" has been revoked.`);
  if (token.expiresAtMs <= deps.nowMs())
    throw notSignedIn(`The token "${token.name}" ended on ${new Date(token.expiresAtMs).toISOString().slice(0, 10)}.`);
  return { name: token.name, role: token.role, tokenId: token.tokenId };
}

const mayDo = (role: Role, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

const neededFor = (request: FastifyRequest): Role =>
  request.routeOptions.config.role ?? (changesNothing(request) ? 'viewer' : 'operator');

/** A refusal is kept in the system's own audit trail; while the register is away it is refused all the same. */
async function refuse(
  request: FastifyRequest,
  { name, role, tokenId, sessionId }: Caller,
  needed: Role,
  deps: CallerDependencies,
) {
  const { method, url } = request.routeOptions;
  const who = { ...(tokenId !== undefined && { tokenId }), ...(sessionId !== undefined && { sessionId }) };
  const data = { role, needed, method: String(method), route: url ?? '', ...who };
  const draft = { atMs: deps.nowMs(), actor: name, type: 'request.refused', data };
  await deps.register.appendSystemAudit(draft).catch((error: unknown) => {
    request.log.error({ err: error }, 'a refusal was not audited: the register is away');
  });
  return new ApiProblem({
    code: 'not-allowed',
    status: 403,
    title: sessionId === undefined ? 'This token may not do that' : 'You may not do that',
    detail: `It takes the role ${needed}; ${sessionId === undefined ? `the token "${name}"` : name} has the role ${role}.`,
  });
}

/** Lets a request through whose token may do it, and says who calls. @throws ApiProblem 401, 403 or 503 */
export const requireCaller =
  (deps: CallerDependencies) =>
  async (request: FastifyRequest): Promise<void> => {
    const caller = await callerOf(request, deps);
    const needed = neededFor(request);
    if (!mayDo(caller.role, needed)) throw await refuse(request, caller, needed, deps);
    request.caller = caller;
  };

const bodySchema = z.object({ by: z.string() }).loose();

/** A person who is signed in acts under their own name: it takes the place of whatever `by` a page sends. */
export async function nameTheActor(request: FastifyRequest): Promise<void> {
  const { caller, routeOptions } = request;
  if (caller?.sessionId === undefined) return;
  const asked = routeOptions.schema?.body;
  if (!(asked instanceof z.ZodObject) || !('by' in asked.shape)) return;
  const { data } = bodySchema.safeParse({ ...Object(request.body), by: caller.name });
  request.body = data;
}
