/** Who calls the operators' API, and what they may do. */
import type { FastifyRequest } from 'fastify';
import { isSameSecret, isSecretOf, readApiToken } from '../../config/apiToken.js';
import { roles, type Register, type Role } from '../../register/types.js';
import { ApiProblem } from '../problem.js';
import { orUnavailable } from './orUnavailable.js';

export interface Caller {
  /** The token's name, or `operator token` for the one in the file. */
  name: string;
  role: Role;
  /** Absent for the one in the file. */
  tokenId?: string;
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

/** Whose token a request carries. @throws ApiProblem 401, or 503 while the register is away */
async function callerOf(request: FastifyRequest, deps: CallerDependencies): Promise<Caller> {
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
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

const neededFor = ({ method, routeOptions: { config } }: FastifyRequest): Role =>
  config.role ?? (method === 'GET' || method === 'HEAD' ? 'viewer' : 'operator');

/** A refusal is kept in the system's own audit trail; while the register is away it is refused all the same. */
async function refuse(
  request: FastifyRequest,
  { name, role, tokenId }: Caller,
  needed: Role,
  deps: CallerDependencies,
) {
  const { method, url } = request.routeOptions;
  const data = { role, needed, method: String(method), route: url ?? '', ...(tokenId !== undefined && { tokenId }) };
  const draft = { atMs: deps.nowMs(), actor: name, type: 'request.refused', data };
  await deps.register.appendSystemAudit(draft).catch((error: unknown) => {
    request.log.error({ err: error }, 'a refusal was not audited: the register is away');
  });
  return new ApiProblem({
    code: 'not-allowed',
    status: 403,
    title: 'This token may not do that',
    detail: `It takes the role ${needed}; the token "${name}" has the role ${role}.`,
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
