/** The organisation's OpenID Connect provider: authorization code with PKCE, state and nonce, all by openid-client. */
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { OidcSettings } from '../../config/signInSettings.js';
import { nameOf, roleOf, tellsRoles, type Claims } from './claims.js';
import type { Person } from './sessions.js';

/** What has to be there again on the way back; kept in a cookie of the browser that went. */
export const flowSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where the person wanted to go. */
  next: z.string(),
});
export type Flow = z.infer<typeof flowSchema>;

/**
 * What came of it. refused: the provider said no, or what came back does not fit what was sent. away: it cannot be reached, or
 * does not work. noRole: it knows the person, and gives them nothing to do here.
 */
export type Arrival =
  | { kind: 'known'; person: Person }
  | { kind: 'noRole'; name: string; subject: string }
  | { kind: 'refused'; error: unknown }
  | { kind: 'away'; error: unknown };

export interface Provider {
  /** Where to send the browser. Rejects while the provider is away. */
  leave(next: string): Promise<{ url: URL; flow: Flow }>;
  /** Takes the browser back. @param url as it came, with the public address in front */
  arrive(url: URL, flow: Flow): Promise<Arrival>;
  /** Where one signs out of the provider itself; undefined where it has no such page, or was not reached yet. */
  signOutUrl(): string | undefined;
}

const isAway = (error: unknown): boolean =>
  // Of fetch: nobody there, or not who they should be.
  error instanceof TypeError ||
  (error instanceof oidc.ResponseBodyError && error.status >= 500) ||
  (error instanceof oidc.ClientError &&
    ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'].includes(error.code ?? ''));

const TIMEOUT_SECONDS = 10;

const discover = ({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> =>
  oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: TIMEOUT_SECONDS,
    // The settings allow that on this machine alone.
    ...(issuer.startsWith('http:') && { execute: [oidc.allowInsecureRequests] }),
  });

/** What the provider says of the person: in the ID token, and at its userinfo endpoint where roles are missing there. */
async function claimsOf(
  configuration: oidc.Configuration,
  settings: OidcSettings,
  tokens: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>,
): Promise<Claims & { sub: string }> {
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('the provider sent no ID token');
  const isEnough = tellsRoles(claims, settings) || configuration.serverMetadata().userinfo_endpoint === undefined;
  if (isEnough) return claims;
  return { ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
}

/** @param redirectUri registered with the provider: where it sends browsers back */
export function createProvider(settings: OidcSettings, redirectUri: string): Provider {
  let found: oidc.Configuration | undefined;
  const configured = async (): Promise<oidc.Configuration> => (found ??= await discover(settings));
  const personOf = (claims: Claims & { sub: string }): Arrival => {
    const role = roleOf(claims, settings);
    const [name, subject] = [nameOf(claims), claims.sub];
    return role === undefined
      ? { kind: 'noRole', name, subject }
      : { kind: 'known', person: { name, subject, role, way: 'oidc' } };
  };
  return {
    leave: async (next) => {
      const configuration = await configured();
      const flow = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        next,
      };
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url, flow };
    },
    arrive: async (url, { state, nonce, verifier }) => {
      try {
        const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier };
        const configuration = await configured();
        const tokens = await oidc.authorizationCodeGrant(configuration, url, { ...checks, idTokenExpected: true });
        return personOf(await claimsOf(configuration, settings, tokens));
      } catch (error) {
        return { kind: isAway(error) ? 'away' : 'refused', error };
      }
    },
    signOutUrl: () =>
      found?.serverMetadata().end_session_endpoint === undefined
        ? undefined
        : oidc.buildEndSessionUrl(found, { client_id: settings.clientId }).href,
  };
}
