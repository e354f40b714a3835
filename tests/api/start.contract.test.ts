import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { call, startTestServer, type TestServer } from './support/testServer.js';

let server: TestServer | undefined;
const serve = async (...args: Parameters<typeof startTestServer>): Promise<TestServer> =>
  (server = await startTestServer(...args));
afterEach(async () => server?.app.close());

const example = (name: string): string => readFileSync(new URL(`../../examples/${name}.yaml`, import.meta.url), 'utf8');
/** The day of the plain order. */
const ORDERED_ON = '2026-10-20';
const plain = { fileName: 'plain.yaml', text: example('plain'), asOf: ORDERED_ON };
/** By now the extracts cannot be asked for in time. */
const tooLate = { ...plain, asOf: '2027-01-05' };

const start = async ({ app }: TestServer, body: object, headers: Record<string, string> = {}) =>
  call(app, 'POST', '/api/migrations', body, headers);

describe('starting a migration', () => {
  it('answers 201 with its ids, and starts the order that was read', async () => {
    const api = await serve();
    const { status, body } = await start(api, plain);
    expect(status).toBe(201);
    expect(body['migrationId']).toMatch(/^Z98001-20261020-[a-z0-9]{6}$/);
    const { migrationId } = body;
    expect(api.migrations.started).toMatchObject([
      { migrationId, asOf: ORDERED_ON, order: { practice: { name: 'Millbrook Lane Surgery' } } },
    ]);
    expect(api.migrations.started[0]).not.toHaveProperty('rehearsal');
  });

  it('passes on the warnings of the plan, each with its line', async () => {
    const api = await serve();
    const text = plain.text.replace(
      "{ on: '2027-02-02', status: confirmed }",
      "{ on: '2027-02-06', status: confirmed }",
    );
    const { status, body } = await start(api, { ...plain, text });
    expect(status).toBe(201);
    const line = text.split('\n').findIndex((each) => each.includes('2027-02-06')) + 1;
    expect(body['warnings']).toContainEqual(expect.objectContaining({ severity: 'warning', file: 'plain.yaml', line }));
  });

  it('starts the same one again for the same Idempotency-Key, and another for another request', async () => {
    const api = await serve();
    const key = { 'idempotency-key': 'a1' };
    await start(api, plain, key);
    await start(api, plain, key);
    await start(api, { ...plain, text: `${plain.text}\n# Another text.` }, key);
    await start(api, plain, { 'idempotency-key': 'a2' });
    await start(api, plain);
    const [first, again, ...others] = api.migrations.started.map(({ migrationId }) => migrationId);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });

  it('makes a rehearsal of it when a speed is given, judged from the day of the order', async () => {
    const api = await serve();
    const { status, body } = await start(api, { fileName: 'plain.yaml', text: plain.text, speed: '1d=1s' });
    expect(status).toBe(201);
    expect(body['migrationId']).toMatch(/^rehearsal-Z98001-/);
    expect(api.migrations.started).toMatchObject([{ rehearsal: { speed: 86_400 }, asOf: ORDERED_ON }]);
  });

  it('refuses a rehearsal in production', async () => {
    const api = await serve({ production: true });
    const { status, body } = await start(api, { ...plain, speed: '1d=1s' });
    expect(status).toBe(400);
    expect(body['errors']).toMatchObject([{ pointer: '/speed' }]);
    expect(api.migrations.started).toEqual([]);
  });

  it('refuses a file that is no order with every problem and its line', async () => {
    const api = await serve();
    const { status, body } = await start(api, { ...plain, text: example('bad/single-fields') });
    expect(status).toBe(400);
    const errors: unknown = body['errors'];
    if (!Array.isArray(errors)) throw new Error('a list of errors was expected');
    expect(errors.length).toBeGreaterThan(5);
    for (const error of errors) {
      expect(error).toMatchObject({ file: 'plain.yaml' });
      expect(error).toHaveProperty('line');
      expect(error).toHaveProperty('what');
    }
    expect(api.migrations.started).toEqual([]);
  });

  it('refuses an order that cannot be planned as it stands', async () => {
    const api = await serve();
    const { status, body } = await start(api, { ...plain, text: example('bad/notice-missing') });
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: 'urn:leadtime:problem:order-refused' });
    expect(body['errors']).toContainEqual(expect.objectContaining({ severity: 'error', code: 'notice-missing' }));
    expect(api.migrations.started).toEqual([]);
  });

  it('refuses a plan that is too late until somebody accepts the risk by name', async () => {
    const api = await serve();
    const { status, body } = await start(api, tooLate);
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: 'urn:leadtime:problem:risk-not-accepted' });
    expect(JSON.stringify(body['errors'])).toContain('earliest feasible Initial data production day');
    expect(api.migrations.started).toEqual([]);
    const text = `${plain.text}\nacceptRisk: { by: Helen Marsh, reason: Agreed with the suppliers. }\n`;
    expect((await start(api, { ...tooLate, text })).status).toBe(201);
  });

  it('answers 409 naming the migration that is running', async () => {
    const api = await serve();
    api.migrations.answerStartsWith({ kind: 'alreadyRunning', runningMigrationId: 'Z98001-20261020-k3v9qa' });
    const { status, body } = await start(api, plain);
    expect(status).toBe(409);
    expect(body).toMatchObject({ runningMigrationId: 'Z98001-20261020-k3v9qa' });
  });

  it('answers 503 with Retry-After while Temporal is away', async () => {
    const api = await serve();
    api.migrations.answerStartsWith({ kind: 'unavailable', detail: 'Later.' });
    const { status, headers } = await start(api, plain);
    expect(status).toBe(503);
    expect(headers['retry-after']).toBeDefined();
  });
});
