import { randomUUID } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../config/logger.js';
import type { Outcome } from '../../api/migrations.js';
import { call, startTestServer, type TestServer } from './support/testServer.js';

const TOKEN = 'token-that-notify-was-given-0123456789';
const MIGRATION = 'Z90001-20260914-k3v9qa';
const ID = `${MIGRATION}.0123456789abcdef0123@csu.example`;
const ADDRESS = 'ann@practice.example';

let server: TestServer;
let app: FastifyInstance;

beforeEach(async () => {
  server = await startTestServer({ notifyCallbackToken: TOKEN });
  ({ app } = server);
});
afterEach(() => app.close());

/** A receipt as Notify's documentation shows it. */
const receipt = (change: object = {}) => ({
  id: randomUUID(),
  reference: ID,
  to: ADDRESS,
  status: 'permanent-failure',
  created_at: '2026-11-23T09:00:00.000000Z',
  completed_at: '2026-11-23T09:00:05.000000Z',
  sent_at: '2026-11-23T09:00:01.000000Z',
  notification_type: 'email',
  template_id: randomUUID(),
  template_version: 1,
  ...change,
});

async function post(payload: unknown, authorization: string | undefined = `Bearer ${TOKEN}`, on = app) {
  const headers = { 'content-type': 'application/json', authorization };
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const response = await on.inject({ method: 'POST', url: '/webhooks/notify', headers, payload: body });
  return { status: response.statusCode, body: response.body };
}

const absent = (state: 'unknown' | 'closed'): Outcome<never> => ({ kind: 'absent', state, detail: 'x' });
const rejected = (type: 'MigrationClosed' | 'WrongMigration' | 'UnknownMessage'): Outcome<never> => ({
  kind: 'rejected',
  rejection: { type, message: 'x', choices: [] },
});

describe('POST /webhooks/notify', () => {
  it.each([
    ['permanent-failure', 'permanent-failure: the address does not exist'],
    ['temporary-failure', 'temporary-failure: the mailbox did not take it for three days, as when it is full'],
    ['technical-failure', 'technical-failure: GOV.UK Notify could not send it'],
  ])('tells the migration of a mail that was not delivered: %s', async (status, detail) => {
    expect((await post(receipt({ status }))).status).toBe(200);
    expect(server.migrations.said).toEqual([
      {
        what: 'reportBounce',
        target: { migrationId: MIGRATION },
        payload: { messageId: ID, detail, by: 'govuk-notify' },
      },
    ]);
  });

  it.each(['delivered', 'sending', 'something-new', 'constructor'])('has nothing to do for "%s"', async (status) => {
    expect((await post(receipt({ status }))).status).toBe(200);
    expect(server.migrations.said).toEqual([]);
  });

  it('knows a copy by what is behind its Message-ID', async () => {
    await post(receipt({ reference: `${ID}/copy-1` }));
    expect(server.migrations.said).toMatchObject([{ payload: { messageId: `${ID}/copy-1` } }]);
  });

  it.each([undefined, 'Bearer ', 'Bearer wrong', `Basic ${TOKEN}`, `Bearer ${TOKEN}x`])(
    'answers 401 to "%s"',
    async (authorization) => {
      const response = await app.inject({
        method: 'POST',
        url: '/webhooks/notify',
        headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
        payload: JSON.stringify(receipt()),
      });
      expect(response.statusCode).toBe(401);
      expect(server.migrations.said).toEqual([]);
    },
  );

  it.each([
    ['null', null],
    ['somebody else’s', 'order-4711'],
    ['no migration id', `hello.0123456789abcdef0123@csu.example`],
    ['more than a Message-ID', `${ID}\nX: y`],
  ])('answers 404 without detail where the reference is %s', async (_, reference) => {
    const { status, body } = await post(receipt({ reference }));
    expect([status, JSON.parse(body)]).toMatchObject([404, { detail: 'No such message.' }]);
  });

  it.each([
    ['no such migration', absent('unknown'), 404],
    ['no such message in it', rejected('UnknownMessage'), 404],
    ['it has closed', absent('closed'), 200],
    ['it is off', rejected('MigrationClosed'), 200],
    ['another one has followed it', rejected('WrongMigration'), 200],
    ['Temporal is away', { kind: 'unavailable', detail: 'x' } as const, 503],
  ])('answers so that Notify repeats what may yet be taken: %s', async (_, outcome, status) => {
    server.migrations.answerBouncesWith(outcome);
    expect((await post(receipt())).status).toBe(status);
  });

  it.each(['', '[]', '{"status":7}', '{', `{"status":"${'x'.repeat(200)}"}`])('answers 400 to %s', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('is not there where no token was set', async () => {
    const closed = await startTestServer();
    expect((await post(receipt(), undefined, closed.app)).status).toBe(404);
    await closed.app.close();
  });

  it('logs no address', async () => {
    const destination = new PassThrough();
    const logger = createLogger({ level: 'info', pretty: false, destination });
    const logging = await startTestServer({ notifyCallbackToken: TOKEN, logger });
    for (const body of [receipt(), receipt({ reference: 'x' }), { to: ADDRESS }])
      await post(body, `Bearer ${TOKEN}`, logging.app);
    await logging.app.close();
    destination.end();
    const logged = await text(destination);
    expect(logged).toContain('/webhooks/notify');
    expect(logged).not.toContain(ADDRESS);
    expect(logged).not.toContain(TOKEN);
  });
});

describe('POST /api/bounces', () => {
  const bounce = { messageId: ID, detail: '550 5.1.1 no such user', by: 'Tom Ashdown' };

  it('tells the migration, and says which and what it was about', async () => {
    const { status, body } = await call(app, 'POST', '/api/bounces', bounce);
    expect([status, body]).toEqual([200, { migrationId: MIGRATION, milestoneId: 'notify.eps', status: 'open' }]);
    expect(server.migrations.said).toEqual([
      { what: 'reportBounce', target: { migrationId: MIGRATION }, payload: bounce },
    ]);
  });

  it('keeps no address of what the other server said', async () => {
    await call(app, 'POST', '/api/bounces', { ...bounce, detail: `550 <${ADDRESS}>: gone` });
    expect(JSON.stringify(server.migrations.said)).not.toContain(ADDRESS);
  });

  it.each([
    ['another program’s Message-ID', { ...bounce, messageId: 'abc@mail.example' }, 404],
    ['no name', { messageId: ID, detail: 'gone' }, 400],
    ['more than one line', { ...bounce, detail: 'gone\r\nBcc: x' }, 400],
    ['a field that it does not know', { ...bounce, to: ADDRESS }, 400],
  ])('refuses %s', async (_, body, status) => {
    expect((await call(app, 'POST', '/api/bounces', body)).status).toBe(status);
    expect(server.migrations.said).toEqual([]);
  });

  it('wants an operator’s token', async () => {
    expect((await call(app, 'POST', '/api/bounces', bounce, { authorization: `Bearer ${TOKEN}` })).status).toBe(401);
  });
});
