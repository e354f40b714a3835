/** Links that sign somebody in once: for a system without a provider, where who has the token of the API vouches for them. */
import { randomBytes } from 'node:crypto';
import { secretHash } from '../../config/apiToken.js';
import type { Register, Role, SignInLink } from '../../register/types.js';
import { orUnavailable } from '../operator/orUnavailable.js';
import type { Person } from './sessions.js';

export type LinkRegister = Pick<Register, 'addSignInLink' | 'findSignInLink' | 'spendSignInLink' | 'appendSystemAudit'>;

export interface SignInLinkDependencies {
  register: LinkRegister;
  /** Under which people reach the pages; without a slash at the end. */
  publicUrl: string;
  nowMs: () => number;
}

export interface NewLink {
  name: string;
  role: Role;
  /** Who makes it. */
  by: string;
}

/** ready: it can be used. used, ended: not any more. none: there is no such link. */
export type LinkState = { kind: 'ready' | 'used' | 'ended'; link: SignInLink } | { kind: 'none' };

/** Every method throws ApiProblem 503 while the register is away. */
export interface SignInLinks {
  /** A new link, and when it ends. Audited. */
  make(wanted: NewLink): Promise<{ url: string; expiresAtMs: number }>;
  /** Looks at a link without using it. */
  look(token: string): Promise<LinkState>;
  /** Uses a link up: of many who try at once, one is signed in. */
  spend(token: string): Promise<Person | undefined>;
}

const SECRET_BYTES = 32;
/** What a link's token is made of. */
const TOKEN = /^[\w-]{43}$/;
const LASTS_MS = 15 * 60_000;

function stateOf(link: SignInLink | undefined, nowMs: number): LinkState {
  if (link === undefined) return { kind: 'none' };
  if (link.usedAtMs !== undefined) return { kind: 'used', link };
  return { kind: link.expiresAtMs <= nowMs ? 'ended' : 'ready', link };
}

export function createSignInLinks({ register, publicUrl, nowMs }: SignInLinkDependencies): SignInLinks {
  return {
    make: async ({ name, role, by }) => {
      const token = randomBytes(SECRET_BYTES).toString('base64url');
      const createdAtMs = nowMs();
      const expiresAtMs = createdAtMs + LASTS_MS;
      const draft = { atMs: createdAtMs, actor: by, type: 'signInLink.created', data: { name, role, expiresAtMs } };
      await orUnavailable(register.appendSystemAudit(draft));
      const kept = { secretHash: secretHash(token), name, role, createdBy: by, createdAtMs, expiresAtMs };
      await orUnavailable(register.addSignInLink(kept));
      return { url: `${publicUrl}/sign-in/with/${token}`, expiresAtMs };
    },
    look: async (token) =>
      TOKEN.test(token)
        ? stateOf(await orUnavailable(register.findSignInLink(secretHash(token))), nowMs())
        : { kind: 'none' },
    spend: async (token) => {
      const link = await orUnavailable(register.spendSignInLink(secretHash(token), nowMs()));
      return link && { name: link.name, role: link.role, subject: link.createdBy, way: 'link' };
    },
  };
}
