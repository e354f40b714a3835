/** All that signing in needs, put together once for a server. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OidcSettings, SessionSettings } from '../../config/signInSettings.js';
import { cookiesFor, type Cookies } from './cookies.js';
import { createSignInLinks, type LinkRegister, type SignInLinks } from './links.js';
import { createPasses, type Passes } from './passes.js';
import { createProvider, type Provider } from './provider.js';
import { createSessions, type SessionRegister, type Sessions, type SignedIn } from './sessions.js';

export interface SignInSettings {
  /** Under which people reach the pages; without a slash at the end. */
  publicUrl: string;
  session: SessionSettings;
  /** Without it, links that work once sign people in. */
  oidc?: OidcSettings;
}

export interface SignIn {
  publicUrl: string;
  cookies: Cookies;
  sessions: Sessions;
  links: SignInLinks;
  passes: Passes;
  provider?: Provider;
}

export interface SignInDependencies {
  register: SessionRegister & LinkRegister;
  signIn: SignInSettings;
  nowMs: () => number;
}

export function createSignIn({ register, signIn, nowMs }: SignInDependencies): SignIn {
  const { publicUrl, session, oidc } = signIn;
  return {
    publicUrl,
    cookies: cookiesFor(publicUrl),
    sessions: createSessions({ register, settings: session, nowMs }),
    links: createSignInLinks({ register, publicUrl, nowMs }),
    passes: createPasses(),
    ...(oidc && { provider: createProvider(oidc, `${publicUrl}/sign-in/callback`) }),
  };
}

/** Who is signed in in the browser that asks. @throws ApiProblem 503 while the register is away */
export const signedInBy = async (
  { sessions, cookies, passes }: SignIn,
  request: FastifyRequest,
): Promise<SignedIn | undefined> => passes.of(request) ?? sessions.of(request.cookies[cookies.session]);

/** Takes a cookie back from the browser. */
export const dropCookie = (reply: FastifyReply, { cookies }: SignIn, name: 'session' | 'link' | 'flow'): FastifyReply =>
  reply.clearCookie(cookies[name], cookies.options);
