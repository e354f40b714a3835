import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemorySignIn } from '../support/memorySignIn.js';
import { createMemoryTokens } from '../support/memoryTokens.js';
import { type OidcServer, passThrough, startOidcServer } from '../support/oidcServer.js';
import { call, PUBLIC_URL, startTestServer } from '../support/testServer.js';
import { type Seen, Visitor } from '../support/visitor.js';

const BACK = `${PUBLIC_URL}/sign-in/callback`;
const SESSION = '__Host-leadtime-session';
const FLOW = '__Host-leadtime-flow';

let provider: OidcServer;
let app: FastifyInstance;
let kept: ReturnType<typeof createMemorySignIn>['kept'];
let audit: ReturnType<typeof createMemoryTokens>['audit'];

beforeAll(async () => {
  provider = await startOidcServer(BACK);
});
afterAll(() => provider.close());

const serve = async (settings = provider.settings): Promise<FastifyInstance> => {
  const signIn = createMemorySignIn();
  const tokens = createMemoryTokens();
  ({ kept } = signIn);
  ({ audit } = tokens);
  const session = { idleMinutes: 60, hours: 10 };
  const started = await startTestServer({
    register: { ...tokens, ...signIn },
    signIn: { publicUrl: PUBLIC_URL, session, oidc: settings },
  });
  return started.app;
};
beforeEach(async () => {
  app = await serve();
});
afterEach(() => app.close());

const local = ({ pathname, search }: URL): string => `${pathname}${search}`;

/** From the button to where the provider sends back. */
async function there(visitor: Visitor, next = '/operator'): Promise<URL> {
  const { status, location = '' } = await visitor.get(`/sign-in/start?next=${encodeURIComponent(next)}`);
  expect(status).toBe(303);
  return passThrough(location, BACK);
}

const signIn = async (visitor: Visitor, next?: string): Promise<Seen> => visitor.get(local(await there(visitor, next)));

const ann = { sub: 'sub-ann', claims: { name: 'Ann Bell', roles: ['staff', 'leadtime-operator'] } };

describe('signing in at an OpenID Connect provider', () => {
  it('lets in whom the provider knows, where they wanted to go, under their name and role', async () => {
    provider.letIn(ann);
    const visitor = new Visitor(app);
    const { status, location } = await signIn(visitor, '/operator/migrations/A12345?x=1');
    expect({ status, location }).toEqual({ status: 303, location: '/operator/migrations/A12345?x=1' });
    expect(kept).toMatchObject([{ name: 'Ann Bell', role: 'operator', way: 'oidc', subject: 'sub-ann' }]);
    expect(audit).toMatchObject([{ type: 'session.started', actor: 'Ann Bell', data: { way: 'oidc' } }]);
    expect((await visitor.get('/operator')).html).toContain('Ann Bell (operator)');
    expect(visitor.cookies.has(FLOW)).toBe(false);
  });

  it('asks with a challenge, a state and a nonce, and for the scopes that are set', async () => {
    const { location = '' } = await new Visitor(app).get('/sign-in/start');
    const asked = Object.fromEntries(new URL(location).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: BACK,
      scope: 'openid profile email',
    });
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked[name]?.length).toBeGreaterThan(20);
  });

  it.each([
    [['leadtime-viewer'], 'viewer'],
    [['leadtime-admin', 'leadtime-viewer'], 'admin'],
    ['leadtime-operator', 'operator'],
  ])('gives the highest role of %j', async (roles, role) => {
    provider.letIn({ ...ann, claims: { name: 'Ann Bell', roles } });
    await signIn(new Visitor(app));
    expect(kept).toMatchObject([{ role }]);
  });

  it('asks the userinfo endpoint for roles that the ID token has not', async () => {
    provider.letIn({ sub: 'sub-bo', claims: { name: 'Bo Hart' }, atUserinfo: { roles: ['leadtime-viewer'] } });
    await signIn(new Visitor(app));
    expect(kept).toMatchObject([{ name: 'Bo Hart', role: 'viewer' }]);
  });

  it('refuses who has no role, in friendly words, and audits it', async () => {
    provider.letIn({ sub: 'sub-cy', claims: { name: 'Cy <b>Marsh</b>', roles: ['staff'] } });
    const visitor = new Visitor(app);
    const { status, html } = await signIn(visitor);
    expect(status).toBe(403);
    expect(html).toContain('You have no role in leadtime');
    expect(html).toContain('Cy &lt;b&gt;Marsh&lt;/b&gt;');
    expect(visitor.cookies.has(SESSION)).toBe(false);
    expect(audit).toMatchObject([{ type: 'session.refused', data: { why: 'no role', subject: 'sub-cy' } }]);
  });

  it('says so when the provider says no', async () => {
    provider.letIn();
    const { status, html } = await signIn(new Visitor(app));
    expect(status).toBe(403);
    expect(html).toContain('You could not be signed in');
    expect(audit).toMatchObject([{ type: 'session.refused' }]);
  });

  it('takes back only the browser that went, once, with what it went with', async () => {
    provider.letIn(ann);
    const visitor = new Visitor(app);
    const back = local(await there(visitor));
    expect((await new Visitor(app).get(back)).status).toBe(400);
    const flow = visitor.cookies.get(FLOW) ?? '';
    expect((await visitor.get(back)).status).toBe(303);
    visitor.cookies.set(FLOW, flow);
    expect((await visitor.get(back)).status).toBe(403);
    expect(kept).toHaveLength(1);
  });

  it('refuses an answer to another question', async () => {
    provider.letIn(ann);
    const [victim, attacker] = [new Visitor(app), new Visitor(app)];
    const back = local(await there(attacker));
    await there(victim);
    const { status } = await victim.get(back);
    expect(status).toBe(403);
    expect(victim.cookies.has(SESSION)).toBe(false);
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['another code', (url: URL) => url.searchParams.set('code', 'x'.repeat(43))],
    ['no code', (url: URL) => url.searchParams.delete('code')],
    ['another issuer', (url: URL) => url.searchParams.set('iss', 'https://evil.example')],
  ])('refuses an answer with %s', async (_, change) => {
    provider.letIn(ann);
    const visitor = new Visitor(app);
    const url = await there(visitor);
    change(url);
    const { status, html } = await visitor.get(local(url));
    expect(status).toBe(403);
    expect(html).not.toContain('OAUTH');
    expect(kept).toEqual([]);
  });

  it('makes no links that sign in beside it', async () => {
    const { status, body } = await call(app, 'POST', '/api/sign-in-links', { name: 'Ann', by: 'root' });
    expect(status).toBe(409);
    expect(body['type']).toBe('urn:leadtime:problem:provider-is-set');
    expect((await new Visitor(app).get('/sign-in/confirm')).status).toBe(404);
  });

  it('shows a button, and leads nowhere by itself', async () => {
    const { status, html } = await new Visitor(app).get('/sign-in?next=/operator');
    expect(status).toBe(200);
    expect(html).toContain('href="/sign-in/start?next=%2Foperator"');
  });

  it('says that the provider is away', async () => {
    const away = await startOidcServer(BACK);
    const other = await serve(away.settings);
    await away.close();
    const { status, html, headers } = await new Visitor(other).get('/sign-in/start');
    expect(status).toBe(503);
    expect(html).toContain('cannot be reached');
    expect(headers['retry-after']).toBe('30');
    await other.close();
  });

  it('goes on working for who is signed in while the provider is away', async () => {
    const soonAway = await startOidcServer(BACK);
    soonAway.letIn(ann);
    const other = await serve(soonAway.settings);
    const visitor = new Visitor(other);
    await signIn(visitor);
    await soonAway.close();
    expect((await visitor.get('/operator')).status).toBe(200);
    await other.close();
  });
});
