import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';
import type { OidcSettings } from '../../../config/signInSettings.js';

export const CLIENT_ID = 'leadtime';
export const CLIENT_SECRET = 'client-secret-for-tests-0123456789';

/** Somebody with an account; what is in `claims` is told to leadtime. */
export interface Account {
  sub: string;
  claims: Record<string, unknown>;
  /** Told at the userinfo endpoint alone, as some providers do. */
  atUserinfo?: Record<string, unknown>;
}

export interface OidcServer {
  issuer: string;
  settings: OidcSettings;
  /** Who is let in from now on; without anybody, the provider says no. */
  letIn(account?: Account): void;
  close(): Promise<void>;
}

const configuration = (redirectUri: string, accountOf: () => Account | undefined): Configuration => ({
  clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [redirectUri] }],
  conformIdTokenClaims: false,
  claims: { openid: ['sub'], profile: ['name', 'roles'], email: ['email'] },
  findAccount: (_ctx, sub) => ({
    accountId: sub,
    claims: async (use) => {
      const account = accountOf();
      if (account === undefined) return { sub };
      return { sub, ...account.claims, ...(use === 'userinfo' && account.atUserinfo) };
    },
  }),
  interactions: { url: (_ctx, { uid }) => `/decide/${uid}` },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['cookie-key-for-tests'] },
  pkce: { required: () => true },
});

/** A real OpenID Connect provider on a port of this machine. Whoever comes is let in, or not, without being asked. */
export async function startOidcServer(redirectUri: string): Promise<OidcServer> {
  let account: Account | undefined;
  // The issuer is the address, which is known once it listens: the first server only finds a port.
  const { createServer } = await import('node:http');
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const provider = new Provider(
    issuer,
    configuration(redirectUri, () => account),
  );
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (request.url?.startsWith('/decide/') !== true) return void answer(request, response);
    return void decide(request, response);
  });

  async function decide(...[request, response]: Parameters<typeof answer>): Promise<void> {
    if (account === undefined) {
      const no = { error: 'access_denied', error_description: 'no account' };
      return provider.interactionFinished(request, response, no, { mergeWithLastSubmission: false });
    }
    const { params } = await provider.interactionDetails(request, response);
    const grant = new provider.Grant({ accountId: account.sub, clientId: CLIENT_ID });
    grant.addOIDCScope(String(params['scope']));
    const result = { login: { accountId: account.sub }, consent: { grantId: await grant.save() } };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }

  return {
    issuer,
    settings: {
      issuer,
      clientId: CLIENT_ID,
      clientSecret: CLIENT_SECRET,
      scope: 'openid profile email',
      roleClaim: 'roles',
      roleValues: { viewer: 'leadtime-viewer', operator: 'leadtime-operator', admin: 'leadtime-admin' },
    },
    letIn: (next) => {
      account = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Follows the provider's pages as a browser does, from where leadtime sent it to where it sends back. */
export async function passThrough(start: string, backTo: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let where = start;
  for (let step = 0; step < 10 && !where.startsWith(backTo); step += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(where, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`the provider shows a page: ${await response.text()}`);
    where = new URL(location, where).href;
  }
  return new URL(where);
}
