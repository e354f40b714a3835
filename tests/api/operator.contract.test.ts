import { afterEach, describe, expect, it } from 'vitest';
import { RegisterUnavailableError } from '../../register/errors.js';
import { call, OPERATOR_TOKEN, pointersIn, startTestServer, type TestServer } from './support/testServer.js';

let server: TestServer | undefined;
const serve = async (...args: Parameters<typeof startTestServer>): Promise<TestServer> =>
  (server = await startTestServer(...args));
afterEach(async () => server?.app.close());

const ID = 'Z90001-20260914-k3v9qa';
describe('the operators’ API', () => {
  it.each(['migrations?search=%00', 'migrations?icb=a%00', 'migrations?owner=%00', 'migrations?delayHolder=%00'])(
    'refuses what no database could look for: %s',
    async (address) => {
      const { app } = await serve();
      expect((await call(app, 'GET', `/api/${address}`)).status).toBe(400);
    },
  );

  it.each(['audit/%00/verdict', 'migrations/%00', 'collisions?supplierId=%00'])('refuses %s', async (address) => {
    const { app } = await serve();
    expect((await call(app, 'GET', `/api/${address}`)).status).toBe(400);
  });

  it.each([
    ['no token', {}],
    ['another token', { authorization: `Bearer ${OPERATOR_TOKEN}x` }],
    ['a part of the token', { authorization: `Bearer ${OPERATOR_TOKEN.slice(0, -1)}` }],
    ['another scheme', { authorization: `Basic ${OPERATOR_TOKEN}` }],
    ['the bare token', { authorization: OPERATOR_TOKEN }],
  ])('refuses %s, for every address it has', async (_what, headers) => {
    const { app, migrations } = await serve();
    const addresses = [
      ['GET', '/api/migrations'],
      ['GET', `/api/migrations/${ID}`],
      ['GET', `/api/migrations/${ID}/history`],
      ['GET', `/api/migrations/${ID}/messages`],
      ['GET', `/api/migrations/${ID}/timeline`],
      ['POST', '/api/migrations'],
      ['POST', `/api/migrations/${ID}/cancel`],
      ['POST', `/api/migrations/${ID}/counts`],
      ['POST', `/api/migrations/${ID}/decisions/reconciliation`],
      ['POST', `/api/migrations/${ID}/items`],
      ['POST', `/api/migrations/${ID}/contacts`],
      ['POST', `/api/migrations/${ID}/events`],
      ['POST', `/api/migrations/${ID}/links`],
      ['POST', `/api/migrations/${ID}/links/revoke`],
      ['POST', `/api/migrations/${ID}/milestones/clean-up/done`],
      ['POST', `/api/migrations/${ID}/milestones/clean-up/waive`],
    ] as const;
    for (const [method, url] of addresses) {
      const response = await app.inject({ method, url, headers });
      expect(response.statusCode, `${method} ${url}`).toBe(401);
      expect(response.headers['www-authenticate']).toContain('Bearer');
    }
    expect(migrations.said).toEqual([]);
  });

  it('answers in problem+json everywhere, with no stack trace', async () => {
    const { app } = await serve();
    const authorization = `Bearer ${OPERATOR_TOKEN}`;
    const requests = [
      { method: 'GET', url: '/nowhere' },
      { method: 'GET', url: '/api/nowhere' },
      { method: 'DELETE', url: '/api/migrations' },
      { method: 'GET', url: '/%zz' },
      { method: 'POST', url: '/api/migrations', payload: '{', headers: { 'content-type': 'application/json' } },
      { method: 'POST', url: '/api/migrations', payload: '<a/>', headers: { 'content-type': 'text/xml' } },
      { method: 'GET', url: '/api/migrations?limit=0' },
    ] as const;
    for (const request of requests) {
      const headers = { authorization, ...('headers' in request && request.headers) };
      const response = await app.inject({ ...request, headers });
      expect(response.statusCode, request.url).toBeGreaterThanOrEqual(400);
      expect(response.statusCode, request.url).toBeLessThan(500);
      expect(response.headers['content-type'], request.url).toMatch(/^application\/problem\+json/);
      expect(response.json()).toMatchObject({ status: response.statusCode });
      expect(response.body).not.toMatch(/\.ts:|node_modules/);
    }
  });
});

describe('what operators say to a migration', () => {
  const by = 'Bo Field';
  it.each([
    [`milestones/clean-up/done`, { on: '2027-01-07', by, reference: 'INC1' }, 'done', { milestoneId: 'clean-up' }],
    [`milestones/clean-up/waive`, { by, reason: 'Not used here.' }, 'waive', { milestoneId: 'clean-up', by }],
    [`cancel`, { by, reason: 'Practice closes.' }, 'cancel', { reason: 'Practice closes.' }],
    [`contacts`, { target: 'emis.contact', contact: { name: 'Di', email: 'di@example.org' }, by }, 'amendContact', {}],
    [`milestones/sign-off/done`, { by, signedBy: 'Dr Pryce', outcome: 'needed' }, 'done', { signedBy: 'Dr Pryce' }],
    [`counts`, { values: { inbox: 40 }, by }, 'reportCounts', { values: { inbox: 40 }, by }],
    [
      `decisions/reconciliation`,
      { outcome: 'needed', by },
      'decide',
      { decision: 'reconciliation', outcome: 'needed' },
    ],
    [
      `items`,
      { kind: 'survey', id: 'printer', title: 'A printer', owner: 'csu', by },
      'addItem',
      { item: { kind: 'survey', id: 'printer', title: 'A printer', owner: 'csu' }, by },
    ],
    [`events`, { supplierId: 'emis', type: 'form.sent', by }, 'event', { supplierId: 'emis', recordedBy: by }],
  ])('%s is passed on to that migration', async (path, body, what, payload) => {
    const { app, migrations } = await serve();
    expect((await call(app, 'POST', `/api/migrations/${ID}/${path}`, body)).status).toBe(200);
    expect(migrations.said).toMatchObject([{ what, target: { migrationId: ID }, payload }]);
  });

  it('may name the practice by its ODS code', async () => {
    const { app, migrations } = await serve();
    await call(app, 'POST', `/api/migrations/Z90001/cancel`, { by, reason: 'Off.' });
    expect(migrations.said).toMatchObject([{ target: { odsCode: 'Z90001' } }]);
  });

  it('is 404 for something that is neither', async () => {
    const { app } = await serve();
    expect((await call(app, 'POST', `/api/migrations/nothing/cancel`, { by, reason: 'Off.' })).status).toBe(404);
    expect((await call(app, 'GET', `/api/migrations/nothing`)).status).toBe(404);
  });

  it.each([
    ['milestones/clean-up/done', { on: '2027-02-29', by }, ['/on']],
    ['milestones/clean-up/done', { on: '2027-01-07' }, ['/by']],
    ['milestones/clean-up/waive', { by: ' ', reason: 'a\nb' }, ['/by', '/reason']],
    ['cancel', { by, reason: 'x', extra: 1 }, ['/extra']],
    ['contacts', { target: 'practiceManager', contact: { email: 'nobody' }, by }, ['/contact/name', '/contact/email']],
    ['counts', { values: { inbox: -1, 'In box': 2 }, by }, ['/values/inbox', '/values/In box']],
    ['counts', { values: { inbox: 'Ann Patient' }, by, note: 'x' }, ['/values/inbox', '/note']],
    ['decisions/reconciliation', { outcome: 'perhaps', by }, ['/outcome']],
    ['items', { kind: 'survey', id: 'A b', title: 'a\u001bb', owner: 'csu', by }, ['/id', '/title']],
    ['events', { supplierId: 'EMIS', type: 'form.lost', by }, ['/supplierId', '/type']],
  ])('%s with %j is refused, pointing at %j', async (path, body, pointers) => {
    const { app, migrations } = await serve();
    const answer = await call(app, 'POST', `/api/migrations/${ID}/${path}`, body);
    expect(answer.status).toBe(400);
    expect(new Set(pointersIn(answer.body))).toEqual(new Set(pointers));
    expect(migrations.said).toEqual([]);
  });
});

describe('looking at migrations', () => {
  it('is 503 while the register is away', async () => {
    const away = async () => Promise.reject(new RegisterUnavailableError('connection refused'));
    const { app } = await serve({
      register: {
        list: away,
        show: away,
        history: away,
        messages: away,
        chains: away,
        holdings: away,
        crowdedDays: away,
        ringRows: away,
      },
    });
    for (const path of ['', `/${ID}`, `/${ID}/history`, `/${ID}/messages`]) {
      expect((await call(app, 'GET', `/api/migrations${path}`)).status, path).toBe(503);
    }
  });

  it('is 404 for one that the register does not have', async () => {
    const { app } = await serve();
    for (const path of ['', '/history', '/messages']) {
      expect((await call(app, 'GET', `/api/migrations/${ID}${path}`)).status, path).toBe(404);
    }
  });
});
