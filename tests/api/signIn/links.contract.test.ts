import { Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../../config/logger.js';
import { RegisterUnavailableError } from '../../../register/errors.js';
import { createMemorySignIn } from '../support/memorySignIn.js';
import { createMemoryTokens } from '../support/memoryTokens.js';
import { call, startTestServer } from '../support/testServer.js';
import { csrfIn, linkFor, Visitor } from '../support/visitor.js';

const SESSION = '__Host-leadtime-session';
const MINUTE_MS = 60_000;

let app: FastifyInstance;
let memory: ReturnType<typeof createMemorySignIn> & ReturnType<typeof createMemoryTokens>;

beforeEach(async () => {
  const signIn = createMemorySignIn();
  const tokens = createMemoryTokens();
  memory = Object.assign(signIn, { audit: tokens.audit, appendSystemAudit: tokens.appendSystemAudit }) as typeof memory;
  ({ app } = await startTestServer({ register: { ...tokens, ...signIn } }));
});

const pathOf = (url: string): string => new URL(url).pathname;
const audited = (): string[] => memory.audit.map(({ type, actor }) => `${type} ${actor}`);

async function confirmPage(visitor: Visitor, url: string): Promise<string> {
  const { status, location } = await visitor.get(pathOf(url));
  expect({ status, location }).toEqual({ status: 303, location: '/sign-in/confirm' });
  return (await visitor.get('/sign-in/confirm')).html;
}

describe('a link that signs in once', () => {
  it('signs in under its name and role when the button is pressed', async () => {
    const visitor = new Visitor(app);
    const html = await confirmPage(visitor, await linkFor(app, 'Ann Bell', 'viewer'));
    expect(html).toContain('Sign in as Ann Bell?');
    expect(visitor.cookies.has(SESSION)).toBe(false);
    const { status, location } = await visitor.post('/sign-in/confirm', { csrf: csrfIn(html) });
    expect({ status, location }).toEqual({ status: 303, location: '/operator' });
    expect(memory.kept).toMatchObject([{ name: 'Ann Bell', role: 'viewer', way: 'link', subject: 'root' }]);
    expect(audited()).toEqual(['signInLink.created root', 'session.started Ann Bell']);
  });

  it('is used up by that, and says so to whoever comes second, who is audited', async () => {
    const url = await linkFor(app);
    const [first, second] = [new Visitor(app), new Visitor(app)];
    const [one, two] = [await confirmPage(first, url), await confirmPage(second, url)];
    await first.post('/sign-in/confirm', { csrf: csrfIn(one) });
    const late = await second.post('/sign-in/confirm', { csrf: csrfIn(two) });
    expect(late.status).toBe(410);
    expect(late.html).toContain('It works once, and has been used.');
    expect(second.cookies.has(SESSION)).toBe(false);
    expect(audited().at(-1)).toBe('session.refused Ann Bell');
  });

  it('is not used up by whoever only looks at it', async () => {
    const url = await linkFor(app);
    for (let look = 0; look < 3; look += 1) await confirmPage(new Visitor(app), url);
    const visitor = new Visitor(app);
    const html = await confirmPage(visitor, url);
    expect((await visitor.post('/sign-in/confirm', { csrf: csrfIn(html) })).status).toBe(303);
  });

  it('ends after a quarter of an hour', async () => {
    const url = await linkFor(app);
    const [link] = memory.links;
    if (link !== undefined) link.expiresAtMs -= 15 * MINUTE_MS;
    const visitor = new Visitor(app);
    expect(await confirmPage(visitor, url)).toContain('that is over');
    expect(audited().at(-1)).toBe('session.refused Ann Bell');
  });

  it.each(['x', 'A'.repeat(43), '%3Cscript%3E'])('is none when it is made up: %s', async (token) => {
    const visitor = new Visitor(app);
    await visitor.get(`/sign-in/with/${token}`);
    const { status, html } = await visitor.get('/sign-in/confirm');
    expect(status).toBe(410);
    expect(html).toContain('This link signs nobody in');
    expect(memory.audit).toEqual([]);
  });

  it('is kept as a hash, and is in no log', async () => {
    const lines: string[] = [];
    const destination = new Writable({
      write: (chunk: Buffer, _, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const logger = createLogger({ level: 'trace', pretty: false, destination });
    const { app: logged } = await startTestServer({ register: memory, logger });
    const url = await linkFor(logged);
    const token = url.split('/').at(-1) ?? '';
    const visitor = new Visitor(logged);
    const html = await confirmPage(visitor, url);
    await visitor.post('/sign-in/confirm', { csrf: csrfIn(html) });
    await visitor.get('/sign-in/callback?code=SECRETCODE&state=SECRETSTATE');
    const secret = visitor.cookies.get(SESSION) ?? '';
    expect(lines.join('')).toContain('/sign-in/with/[link]');
    for (const hidden of [token, secret, 'SECRETCODE', 'SECRETSTATE']) expect(lines.join('')).not.toContain(hidden);
    expect(JSON.stringify([memory.links, memory.kept, memory.audit])).not.toContain(token);
    expect(JSON.stringify([memory.links, memory.kept, memory.audit])).not.toContain(secret);
  });

  it('is made by an admin alone, for a role that there is', async () => {
    const { body } = await call(app, 'POST', '/api/tokens', { name: 'x', role: 'operator', by: 'Bo' });
    const headers = { authorization: `Bearer ${String(body['token'])}` };
    const wanted = { name: 'Ann', role: 'admin', by: 'x' };
    expect((await call(app, 'POST', '/api/sign-in-links', wanted, headers)).status).toBe(403);
    expect((await call(app, 'POST', '/api/sign-in-links', { ...wanted, role: 'king' })).status).toBe(400);
    expect(memory.links).toEqual([]);
  });

  it('is of no use while the register is away, and works afterwards', async () => {
    const findSignInLink = async () => Promise.reject(new RegisterUnavailableError('connection refused'));
    const url = await linkFor(app);
    const { app: away } = await startTestServer({ register: { ...memory, findSignInLink } });
    const visitor = new Visitor(away);
    await visitor.get(pathOf(url));
    const { status, headers } = await visitor.get('/sign-in/confirm');
    expect(status).toBe(503);
    expect(headers['content-type']).toContain('text/html');
    const back = new Visitor(app);
    expect(await confirmPage(back, url)).toContain('Sign in as');
  });
});

describe('a session', () => {
  it('is a cookie for this host alone, that no script and no other site can use', async () => {
    const visitor = new Visitor(app);
    const html = await confirmPage(visitor, await linkFor(app));
    const { headers } = await visitor.post('/sign-in/confirm', { csrf: csrfIn(html) });
    const set = [headers['set-cookie']].flat().find((each) => String(each).startsWith(SESSION));
    expect(String(set).split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
  });

  it('never takes on what a browser brought along', async () => {
    const visitor = new Visitor(app);
    visitor.cookies.set(SESSION, 'A'.repeat(43));
    await visitor.signIn();
    expect(visitor.cookies.get(SESSION)).not.toBe('A'.repeat(43));
    const before = visitor.cookies.get(SESSION) ?? '';
    await visitor.signIn('Bo Hart');
    expect(visitor.cookies.get(SESSION)).not.toBe(before);
    expect(memory.kept.map(({ name, endedAtMs }) => [name, endedAtMs !== undefined])).toEqual([
      ['Bo Hart', false],
      ['Ann Bell', true],
    ]);
  });

  it('ends by signing out, and is audited', async () => {
    const visitor = await new Visitor(app).signIn();
    const secret = visitor.cookies.get(SESSION) ?? '';
    const { html } = await visitor.get('/operator');
    const { status, location } = await visitor.post('/sign-in/out', { csrf: csrfIn(html) });
    expect({ status, location }).toEqual({ status: 303, location: '/sign-in/out' });
    expect(visitor.cookies.has(SESSION)).toBe(false);
    visitor.cookies.set(SESSION, secret);
    expect((await visitor.get('/api/migrations')).status).toBe(401);
    expect(audited().at(-1)).toBe('session.ended Ann Bell');
  });

  it('is not ended by a form of another site', async () => {
    const visitor = await new Visitor(app).signIn();
    const { html } = await visitor.get('/operator');
    const csrf = csrfIn(html);
    for (const [fields, headers] of [
      [{}, {}],
      [{ csrf: 'x' }, {}],
      [{ csrf }, { 'sec-fetch-site': 'cross-site' }],
      [{ csrf }, { 'sec-fetch-site': 'same-site' }],
    ] as [Record<string, string>, Record<string, string>][])
      expect((await visitor.post('/sign-in/out', fields, headers)).status).toBe(403);
    expect((await visitor.get('/api/migrations')).status).toBe(200);
  });

  it.each([
    ['an hour without use', (session: { seenAtMs: number }) => (session.seenAtMs -= 60 * MINUTE_MS)],
    ['ten hours of use', (session: { expiresAtMs: number }) => (session.expiresAtMs -= 600 * MINUTE_MS)],
  ])('ends after %s', async (_, pass) => {
    const visitor = await new Visitor(app).signIn();
    const [kept] = memory.kept;
    if (kept !== undefined) pass(kept);
    expect((await visitor.get('/api/migrations')).status).toBe(401);
    expect((await call(app, 'GET', '/api/sessions')).body['sessions']).toEqual([]);
  });

  it('goes on while it is used', async () => {
    const visitor = await new Visitor(app).signIn();
    const [kept] = memory.kept;
    if (kept === undefined) throw new Error('no session');
    const before = (kept.seenAtMs -= 59 * MINUTE_MS);
    expect((await visitor.get('/api/migrations')).status).toBe(200);
    expect(kept.seenAtMs).toBeGreaterThan(before + 58 * MINUTE_MS);
  });

  it('is ended by an admin, who sees who is signed in', async () => {
    const visitor = await new Visitor(app).signIn();
    const { body } = await call(app, 'GET', '/api/sessions');
    const sessionId = memory.kept[0]?.sessionId ?? '';
    expect(body['sessions']).toMatchObject([{ sessionId, name: 'Ann Bell', role: 'operator', way: 'link' }]);
    expect(JSON.stringify(body)).not.toContain('secretHash');
    expect((await call(app, 'POST', `/api/sessions/${sessionId}/end`, { by: 'Di' })).status).toBe(200);
    expect((await visitor.get('/api/migrations')).status).toBe(401);
    expect((await call(app, 'POST', `/api/sessions/${sessionId}/end`, { by: 'Di' })).status).toBe(404);
    expect(audited().at(-1)).toBe('session.ended Di');
  });

  it('opens the API for looking, and for more with the token of a page alone', async () => {
    const { app: api, migrations } = await startTestServer({ register: memory });
    const visitor = await new Visitor(api).signIn();
    const csrf = csrfIn((await visitor.get('/operator')).html);
    const waive = async (headers: Record<string, string>) => {
      const said = { by: 'Mallory', reason: 'Not used here.' };
      const url = '/api/migrations/Z90001-20260914-k3v9qa/milestones/clean-up/waive';
      return (await call(api, 'POST', url, said, { cookie: visitor.header(), ...headers })).status;
    };
    // `call` sends the operators' token unless told otherwise.
    const inject = async (headers: Record<string, string>) => {
      const response = await api.inject({
        method: 'POST',
        url: '/api/migrations/Z90001-20260914-k3v9qa/milestones/clean-up/waive',
        headers: { cookie: visitor.header(), 'content-type': 'application/json', ...headers },
        payload: JSON.stringify({ by: 'Mallory', reason: 'Not used here.' }),
      });
      return response.statusCode;
    };
    expect(await inject({})).toBe(403);
    expect(await inject({ 'x-csrf-token': 'x' })).toBe(403);
    expect(await inject({ 'x-csrf-token': csrf, 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await inject({ 'x-csrf-token': csrf, origin: 'https://evil.example' })).toBe(403);
    expect(migrations.said).toEqual([]);
    expect(await inject({ 'x-csrf-token': csrf })).toBe(200);
    expect(migrations.said).toMatchObject([{ what: 'waive', payload: { by: 'Ann Bell' } }]);
    expect(await waive({})).toBe(200);
    expect(migrations.said.at(-1)).toMatchObject({ payload: { by: 'Mallory' } });
  });

  it('does no more than its role allows, which is audited', async () => {
    const visitor = await new Visitor(app).signIn('Vi Lane', 'viewer');
    const csrf = csrfIn((await visitor.get('/operator')).html);
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/api/migrations/Z90001-20260914-k3v9qa/cancel',
      headers: { cookie: visitor.header(), 'content-type': 'application/json', 'x-csrf-token': csrf },
      payload: JSON.stringify({ reason: 'Off.' }),
    });
    expect(statusCode).toBe(403);
    expect(body).toContain('Vi Lane has the role viewer');
    expect(memory.audit.at(-1)).toMatchObject({ type: 'request.refused', actor: 'Vi Lane' });
  });
});

describe('the way in', () => {
  it('says how to get a link, and sends on who is signed in', async () => {
    const visitor = new Visitor(app);
    expect((await visitor.get('/sign-in')).html).toContain('leadtime sign-in');
    await visitor.signIn();
    expect((await visitor.get('/sign-in')).location).toBe('/operator');
    expect((await visitor.get('/sign-in?next=/operator/migrations/A12345')).location).toBe(
      '/operator/migrations/A12345',
    );
  });

  it.each(['https://evil.example', '//evil.example', '/operator/../evil', '/operatorevil', '/operator/\\evil', 'x'])(
    'leads nowhere else: %s',
    async (next) => {
      const visitor = await new Visitor(app).signIn();
      const { location } = await visitor.get(`/sign-in?next=${encodeURIComponent(next)}`);
      expect(new URL(location ?? '', 'https://leadtime.example.org').origin).toBe('https://leadtime.example.org');
      expect(location).not.toContain('evil.example');
    },
  );

  it('is under a policy that allows no script', async () => {
    const { headers } = await new Visitor(app).get('/sign-in');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).not.toContain('script');
    expect(headers['cache-control']).toBe('no-store');
  });
});
