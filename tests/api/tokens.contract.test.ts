import { beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { readApiToken, type ApiTokenParts } from '../../config/apiToken.js';
import { RegisterUnavailableError } from '../../register/errors.js';
import type { HistoryPart } from '../../register/types.js';
import { chain } from '../register/registerWrites.js';
import { createMemoryTokens } from './support/memoryTokens.js';
import type { MemoryMigrations } from './support/memoryMigrations.js';
import { call, startTestServer } from './support/testServer.js';

const ID = 'Z90001-20260914-k3v9qa';
const DAY_MS = 86_400_000;

let app: FastifyInstance;
let migrations: MemoryMigrations;
let memory: ReturnType<typeof createMemoryTokens>;

beforeEach(async () => {
  memory = createMemoryTokens();
  ({ app, migrations } = await startTestServer({ register: memory }));
});

const tokenWith = async (role: string, days = 30): Promise<string> => {
  const { status, body } = await call(app, 'POST', '/api/tokens', { name: `${role} script`, role, days, by: 'Bo' });
  expect(status).toBe(200);
  return String(body['token']);
};
function partsOf(token: string): ApiTokenParts {
  const parts = readApiToken(token);
  if (parts === undefined) throw new Error('this is no token');
  return parts;
}
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const waive = { by: 'Bo', reason: 'Not used here.' };
const waiving = `/api/migrations/${ID}/milestones/clean-up/waive`;

describe('tokens of the operators’ API', () => {
  it.each([
    ['viewer', 200, 403, 403],
    ['operator', 200, 200, 403],
    ['admin', 200, 200, 200],
  ])('let a %s do no more than that', async (role, look, work, giveOut) => {
    const headers = as(await tokenWith(role));
    expect((await call(app, 'GET', '/api/migrations', undefined, headers)).status).toBe(look);
    expect((await call(app, 'POST', waiving, waive, headers)).status).toBe(work);
    expect((await call(app, 'GET', '/api/tokens', undefined, headers)).status).toBe(giveOut);
    expect(migrations.said).toHaveLength(work === 200 ? 1 : 0);
  });

  it('are given out once for a request that is repeated, and not shown again', async () => {
    const ask = (key: string) =>
      call(app, 'POST', '/api/tokens', { name: 'x', role: 'viewer', by: 'Bo' }, { 'idempotency-key': key });
    const [first, again, other] = [await ask('one'), await ask('one'), await ask('two')];
    expect([first.status, again.status, other.status]).toEqual([200, 409, 200]);
    expect(again.body['detail']).toContain(String(first.body['tokenId']));
    expect(again.body).not.toHaveProperty('token');
    expect((await call(app, 'GET', '/api/tokens')).body['tokens']).toHaveLength(2);
  });

  it('audit who was refused what, under the token’s name', async () => {
    await call(app, 'POST', waiving, waive, as(await tokenWith('viewer')));
    const { actor, type, data } = memory.audit.at(-1) ?? {};
    expect({ actor, type }).toEqual({ actor: 'viewer script', type: 'request.refused' });
    expect(data).toMatchObject({
      role: 'viewer',
      needed: 'operator',
      method: 'POST',
      route: '/api/migrations/:id/milestones/:milestone/waive',
    });
  });

  it('show the system’s own trail to an admin alone', async () => {
    const history = async () => memory.audit;
    const { app: api } = await startTestServer({ register: { ...memory, history } });
    const operator = as(await tokenWith('operator'));
    expect((await call(api, 'GET', '/api/audit/system', undefined, operator)).status).toBe(403);
    const { body } = await call(api, 'GET', '/api/audit/system');
    expect(body['audit']).toMatchObject([{ type: 'token.created' }, { type: 'request.refused' }]);
  });

  it('show it in parts, each with the way to the next', async () => {
    const records = chain(3);
    const history = async (_: string, { after = 0, limit }: HistoryPart = {}) => records.slice(after).slice(0, limit);
    const { app: api } = await startTestServer({ register: { ...memory, history } });
    const first = await call(api, 'GET', '/api/audit/system?limit=2');
    expect(first.body['audit']).toEqual(records.slice(0, 2));
    expect(first.headers['link']).toBe('</api/audit/system?after=2&limit=2>; rel="next"');
    const last = await call(api, 'GET', '/api/audit/system?after=2&limit=2');
    expect(last.body['audit']).toEqual(records.slice(2));
    expect(last.headers['link']).toBeUndefined();
    expect((await call(api, 'GET', '/api/audit/system?limit=1001')).status).toBe(400);
  });

  it('audit who gave one out and who revoked it, without the secret', async () => {
    const token = await tokenWith('operator');
    const tokenId = memory.kept[0]?.tokenId ?? '';
    await call(app, 'POST', `/api/tokens/${tokenId}/revoke`, { by: 'Di' });
    expect(memory.audit.map(({ type, actor }) => `${type} ${actor}`)).toEqual(['token.created Bo', 'token.revoked Di']);
    expect(JSON.stringify([memory.audit, memory.kept])).not.toContain(partsOf(token).secret);
  });

  it('end when they are revoked, and say so', async () => {
    const headers = as(await tokenWith('operator'));
    await call(app, 'POST', `/api/tokens/${memory.kept[0]?.tokenId ?? ''}/revoke`, { by: 'Di' });
    const { status, body } = await call(app, 'GET', '/api/migrations', undefined, headers);
    expect(status).toBe(401);
    expect(body['detail']).toContain('has been revoked');
    const again = await call(app, 'POST', `/api/tokens/${memory.kept[0]?.tokenId ?? ''}/revoke`, { by: 'Di' });
    expect(again.status).toBe(404);
  });

  it('end on their day, and say so', async () => {
    const headers = as(await tokenWith('operator', 1));
    const [kept] = memory.kept;
    if (kept !== undefined) kept.expiresAtMs -= DAY_MS + 1;
    const { status, body } = await call(app, 'GET', '/api/migrations', undefined, headers);
    expect(status).toBe(401);
    expect(body['detail']).toMatch(/ended on \d{4}-\d\d-\d\d/);
  });

  it('are shown once, and listed without their secrets', async () => {
    const token = await tokenWith('viewer');
    const { body } = await call(app, 'GET', '/api/tokens');
    expect(body['tokens']).toMatchObject([{ name: 'viewer script', role: 'viewer', createdBy: 'Bo' }]);
    expect(JSON.stringify(body)).not.toContain(partsOf(token).secret);
    expect(JSON.stringify(body)).not.toContain('secretHash');
  });

  it('are nothing when a part of them is guessed', async () => {
    const token = await tokenWith('admin');
    const { tokenId, secret } = partsOf(token);
    const other = secret.startsWith('A') ? 'B' : 'A';
    for (const guess of [`lt_${tokenId}_${other}${secret.slice(1)}`, `lt_000000000000_${secret}`, 'lt__', secret])
      expect((await call(app, 'GET', '/api/migrations', undefined, as(guess))).status, guess).toBe(401);
  });

  it('are 503 while the register is away, and the token of the file still works', async () => {
    const token = await tokenWith('viewer');
    const findToken = async () => Promise.reject(new RegisterUnavailableError('connection refused'));
    const { app: away } = await startTestServer({ register: { findToken } });
    expect((await call(away, 'GET', '/api/migrations', undefined, as(token))).status).toBe(503);
    expect((await call(away, 'GET', '/api/migrations')).status).toBe(200);
  });

  it.each([
    [{ name: 'x', role: 'king', by: 'Bo' }, '/role'],
    [{ name: 'x', role: 'viewer', days: 367, by: 'Bo' }, '/days'],
    [{ name: 'a\nb', role: 'viewer', by: 'Bo' }, '/name'],
    [{ name: 'x', role: 'viewer' }, '/by'],
  ])('are refused for %j', async (body, pointer) => {
    const answer = await call(app, 'POST', '/api/tokens', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(pointer);
    expect(memory.kept).toEqual([]);
  });
});
