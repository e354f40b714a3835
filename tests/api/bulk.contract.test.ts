import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Migrations } from '../../api/migrations.js';
import { isOpen } from '../../rules/migration/lookup.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { Story } from '../support/story.js';
import { createMemoryMigrations, type MemoryMigrations } from './support/memoryMigrations.js';
import { call, pointersIn, startTestServer, type TestServer } from './support/testServer.js';

const by = 'Tom Ashdown';
const ordersText = readFileSync('examples/plain.yaml', 'utf8');
/** The example's order, for another practice. */
const orderOf = (odsCode: string) => ({ fileName: `${odsCode}.yaml`, text: ordersText.replaceAll('Z98001', odsCode) });
const doneRows = (...practices: string[]) => practices.map((practice) => ({ practice, milestone: 'kick-off.meeting' }));

let server: TestServer | undefined;
afterEach(async () => server?.app.close());

/** A server whose migrations refuse what is said to some practices. */
async function serve(refusing: Partial<Migrations> = {}) {
  const memory = createMemoryMigrations();
  const temporalPageOf = (workflowId: string) => `http://temporal.example/${workflowId}`;
  const migrations: MemoryMigrations = Object.assign(memory, refusing);
  server = await startTestServer({ migrations, temporalPageOf });
  const { app, runs } = server;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    call(app, 'POST', `/api/bulk${path}`, body, headers);
  const get = (path: string) => call(app, 'GET', `/api/bulk${path}`);
  const ask = async (body: object) => {
    const { status, body: answer } = await post('', { by, ...body });
    expect({ status, answer }).toMatchObject({ status: 202 });
    return String(answer['bulkId']);
  };
  const rows = async (id: string, query = '') => (await get(`/${id}/rows${query}`)).body['rows'];
  return { migrations: memory, runs, app, post, get, ask, rows };
}

/** Refuses what is said to these practices, once or always. */
function refusingDone(practices: Set<string>): Partial<Migrations> {
  const memory = createMemoryMigrations();
  return {
    done: async (request) => {
      const name = 'odsCode' in request.target ? request.target.odsCode : request.target.migrationId;
      if (name === 'GONE1') return { kind: 'absent', state: 'unknown', detail: `No migration of ${name}.` };
      if (name === 'AWAY1') return { kind: 'unavailable', detail: 'No answer.' };
      if (!practices.has(name)) return memory.done(request);
      const message = 'It is already done.';
      return { kind: 'rejected', rejection: { type: 'MilestoneSettled', message, choices: [] } };
    },
  };
}

describe('an operation on many practices', () => {
  it('is taken with 202 and says each row to its migration, in the name of who asked', async () => {
    const { migrations, post, get } = await serve();
    const rows = [
      { line: 2, practice: 'A10001', milestone: 'kick-off.meeting', on: '2026-11-20', reference: 'call 7' },
      { line: 3, practice: 'A10002-20261020-abc123', milestone: 'kick-off.meeting' },
    ];
    const { status, body, headers } = await post('', { by, done: rows });
    expect(status).toBe(202);
    expect(body).toMatchObject({ operation: 'done', dryRun: false, by, total: 2, done: 2, failed: 0, state: 'ended' });
    expect(headers['location']).toBe(`/api/bulk/${String(body['bulkId'])}`);
    const looked = await get(`/${String(body['bulkId'])}`);
    expect(looked.body).toEqual({ ...body, temporalPage: `http://temporal.example/bulk-${String(body['bulkId'])}` });
    expect(migrations.said).toMatchObject([
      {
        what: 'done',
        target: { odsCode: 'A10001' },
        payload: { milestoneId: 'kick-off.meeting', on: '2026-11-20', reference: 'call 7', by },
      },
      { target: { migrationId: 'A10002-20261020-abc123' }, payload: { by } },
    ]);
    const id = String(body['bulkId']);
    expect((await get(`/${id}`)).body).toMatchObject({ bulkId: id, done: 2 });
    expect((await get('')).body).toMatchObject({ operations: [{ bulkId: id }] });
    expect((await get(`/${id}/rows`)).body).toMatchObject({
      bulkId: id,
      rows: [
        { row: 1, line: 2, practice: 'A10001', subject: 'kick-off.meeting', status: 'done', detail: 'It is done.' },
        { row: 2, line: 3 },
      ],
    });
  });

  it('goes on past what fails, says why, and repeats only that', async () => {
    const settled = new Set(['A10002']);
    const { ask, get, post, rows } = await serve(refusingDone(settled));
    const id = await ask({ done: doneRows('A10001', 'A10002', 'GONE1', 'AWAY1', 'A10003') });
    expect((await get(`/${id}`)).body).toMatchObject({ state: 'ended', done: 2, failed: 3 });
    expect(await rows(id, '?status=failed')).toMatchObject([
      { row: 2, code: 'milestone-settled', detail: 'It is already done.' },
      { row: 3, code: 'migration-unknown' },
      { row: 4, code: 'unavailable' },
    ]);
    expect(await rows(id, '?status=failed&after=3')).toMatchObject([{ row: 4 }]);
    settled.clear();
    expect(await post(`/${id}/repeat`, { by: 'Bo' })).toMatchObject({ status: 202, body: { done: 3, failed: 2 } });
  });

  it('is one operation, however often the same request is sent with one key', async () => {
    const { migrations, post } = await serve();
    const key = { 'idempotency-key': 'once' };
    const body = { by, cancel: [{ practice: 'A10001', reason: 'merges' }] };
    const [first, second] = [await post('', body, key), await post('', body, key)];
    expect(second.body).toEqual(first.body);
    expect(migrations.said).toMatchObject([{ what: 'cancel', payload: { by, reason: 'merges' } }]);
    const other = await post('', { ...body, by: 'Bo' }, key);
    expect(other.body['bulkId']).not.toBe(first.body['bulkId']);
  });

  it('starts migrations, each under an id of its own', async () => {
    const { migrations, ask, rows } = await serve();
    const id = await ask({
      start: [orderOf('A10001'), orderOf('A10002')].map((row) => ({ ...row, asOf: '2026-10-20' })),
    });
    const results = await rows(id);
    const first = migrations.started.find(({ migrationId }) => migrationId.startsWith('A10001'));
    expect(results).toMatchObject([
      { practice: 'A10001', subject: 'A10001.yaml', status: 'done', migrationId: first?.migrationId },
      { practice: 'A10002', status: 'done' },
    ]);
    expect(new Set(migrations.started.map(({ migrationId }) => migrationId.slice(-6))).size).toBe(2);
  });

  it('moves days, several of one practice at once', async () => {
    const { migrations, ask, rows } = await serve();
    const { state, nowMs } = new Story(startedExample(exampleOrder('plain'))).until('2026-11-10');
    migrations.planFrom({ kind: 'answered', answer: { state, order: exampleOrder('plain'), nowMs } });
    const move = (anchor: string, to: string) => ({ anchor, to, confirmed: true });
    const moves = [
      move('initialDataProduction', '2027-02-18'),
      move('finalDataProduction', '2027-03-11'),
      move('goLive', '2027-03-16'),
    ];
    const row = { practice: 'Z98001', moves, reason: 'no slot' };
    const looked = await ask({ dryRun: true, redate: [row] });
    expect(await rows(looked)).toMatchObject([
      { status: 'done', detail: expect.stringMatching(/would move/) as string },
    ]);
    expect(migrations.said).toEqual([]);
    await ask({ redate: [row] });
    expect(migrations.said).toMatchObject([{ what: 'redate', payload: { by, reason: 'no slot', moves } }]);
    const impossible = await ask({ redate: [{ ...row, moves: [move('goLive', '2027-01-20')] }], dryRun: true });
    expect(await rows(impossible)).toMatchObject([{ status: 'failed', code: 'plan-refused' }]);
  });

  it('only looks in a dry run: each migration says what it would do', async () => {
    const { migrations, ask, rows } = await serve();
    const { state, nowMs } = new Story(startedExample(exampleOrder('plain'))).until('2026-11-10');
    migrations.planFrom({ kind: 'answered', answer: { state, order: exampleOrder('plain'), nowMs } });
    const open = state.plan.milestones.find(({ id, kind }) => kind === 'task' && isOpen(state, id))?.id ?? '';
    const done = [
      { practice: 'Z98001', milestone: open },
      { practice: 'Z98002', milestone: 'nothing' },
    ];
    expect(await rows(await ask({ dryRun: true, done }))).toMatchObject([
      { status: 'done', detail: 'It would be done.' },
      { status: 'failed', code: 'unknown-milestone' },
    ]);
    const cancel = [{ practice: 'Z98001', reason: 'merges' }];
    expect(await rows(await ask({ dryRun: true, cancel }))).toMatchObject([{ detail: 'It would be cancelled.' }]);
    const start = [{ ...orderOf('A10001'), asOf: '2026-10-20' }];
    expect(await rows(await ask({ dryRun: true, start }))).toMatchObject([{ code: 'already-running' }]);
    migrations.planFrom({ kind: 'absent', state: 'unknown', detail: 'none' });
    expect(await rows(await ask({ dryRun: true, start }))).toMatchObject([
      { status: 'done', detail: expect.stringMatching(/^It would start/) as string },
    ]);
    expect({ said: migrations.said, started: migrations.started }).toEqual({ said: [], started: [] });
  });
});

describe('rows that are wrong', () => {
  it.each([
    ['nothing', {}, undefined],
    ['two operations', { done: doneRows('A10001'), cancel: [{ practice: 'A10001', reason: 'x' }] }, ['/cancel']],
    ['no rows', { done: [] }, ['/done']],
    [
      '10,001 rows',
      { done: doneRows(...Array.from({ length: 10_001 }, (_, index) => `A${10_000 + index}`)) },
      ['/done'],
    ],
    [
      'every wrong field',
      {
        done: [
          { practice: 'a practice', milestone: '' },
          ...doneRows('A10001'),
          { practice: 'A10002', milestone: 'x', on: '2026-02-30' },
        ],
      },
      ['/done/0/milestone', '/done/0/practice', '/done/2/on'],
    ],
    ['a practice and milestone twice', { done: doneRows('A10001', 'A10002', 'A10001-20261020-abc123') }, ['/done/2']],
    [
      'a practice twice',
      { cancel: ['A10001', 'A10001', 'A10001'].map((practice) => ({ practice, reason: 'x' })) },
      ['/cancel/1', '/cancel/2'],
    ],
    ['a number of a patient', { cancel: [{ practice: 'A10001', reason: 'NHS 943 476 5919' }] }, ['/cancel/0/reason']],
  ])('are refused together, and nothing is begun: %s', async (_what, body, pointers) => {
    const { migrations, post, get } = await serve();
    const { status, body: problem } = await post('', { by, ...body });
    expect(status).toBe(400);
    if (pointers !== undefined) expect(pointersIn(problem).toSorted()).toEqual(pointers);
    expect((await get('')).body).toEqual({ operations: [] });
    expect(migrations.said).toEqual([]);
  });

  it('are named with file and line where they are orders', async () => {
    const { migrations, post } = await serve();
    const broken = { fileName: 'broken.yaml', text: orderOf('A10002').text.replace('orderedOn', 'orderedon') };
    const start = [orderOf('A10001'), broken, { fileName: 'none.yaml', text: 'nothing: 1' }];
    const { status, body } = await post('', { by, start });
    expect(status).toBe(400);
    const files = (body['errors'] as { file: string; line: number }[]).map(({ file }) => file);
    expect([...new Set(files)]).toEqual(['broken.yaml', 'none.yaml']);
    expect(migrations.started).toEqual([]);
    const twice = await post('', { by, start: [orderOf('A10001'), orderOf('A10001')] });
    expect(pointersIn(twice.body)).toEqual(['/start/1']);
  });
});

describe('an operation that is not as it should be', () => {
  it('is unknown', async () => {
    const { get, post } = await serve();
    for (const { status, body } of [
      await get('/nothing'),
      await get('/nothing/rows'),
      await post('/nothing/repeat', { by }),
      await post('/nothing/stop', { by }),
    ])
      expect({ status, type: body['type'] }).toEqual({ status: 404, type: 'urn:leadtime:problem:unknown-bulk' });
  });

  it('has nothing to repeat or to stop once everything is done', async () => {
    const { ask, post } = await serve();
    const id = await ask({ done: doneRows('A10001') });
    expect(await post(`/${id}/repeat`, { by })).toMatchObject({
      status: 409,
      body: { type: 'urn:leadtime:problem:nothing-to-repeat' },
    });
    expect(await post(`/${id}/stop`, { by })).toMatchObject({
      status: 409,
      body: { type: 'urn:leadtime:problem:bulk-ended' },
    });
  });

  it('runs: it cannot be repeated meanwhile, and goes on', async () => {
    const { ask, post, get, runs } = await serve();
    runs.hold();
    const id = await ask({ done: doneRows('A10001') });
    expect((await get(`/${id}`)).body).toMatchObject({ state: 'waiting', waiting: 1 });
    expect(await post(`/${id}/repeat`, { by })).toMatchObject({
      status: 409,
      body: { type: 'urn:leadtime:problem:bulk-running' },
    });
    await runs.letGo();
    expect((await get(`/${id}`)).body).toMatchObject({ state: 'ended', done: 1 });
  });

  it('is written down and not begun while Temporal is away, and begins when it is repeated', async () => {
    const { migrations, get, post, runs } = await serve();
    runs.beAway(true);
    const { status, body } = await post('', { by, done: doneRows('A10001') });
    expect(status).toBe(503);
    const [, id = ''] = /written down as (\w+)/.exec(String(body['detail'])) ?? [];
    expect((await get(`/${id}`)).body).toMatchObject({ state: 'waiting' });
    expect((await post(`/${id}/repeat`, { by })).status).toBe(503);
    expect((await post(`/${id}/stop`, { by })).status).toBe(503);
    runs.beAway(false);
    expect(migrations.said).toEqual([]);
    expect(await post(`/${id}/repeat`, { by })).toMatchObject({ status: 202, body: { done: 1 } });
  });

  it('was stopped before it began: its rows wait, and are done when it is repeated', async () => {
    const { ask, post, runs, get } = await serve();
    runs.beAway(true);
    await post('', { by, done: doneRows('A10001') });
    runs.beAway(false);
    const operations = (await get('')).body['operations'] as { bulkId: string }[];
    const id = operations[0]?.bulkId ?? '';
    expect(await post(`/${id}/stop`, { by })).toMatchObject({ status: 200, body: { state: 'stopped', waiting: 1 } });
    expect(await post(`/${id}/repeat`, { by })).toMatchObject({ body: { state: 'ended', done: 1 } });
    await ask({ done: doneRows('A10001') });
  });

  it('is in the system’s own audit: who asked, repeated, stopped, and how it ended', async () => {
    const { app, ask, post } = await serve(refusingDone(new Set(['A10001'])));
    const id = await ask({ done: doneRows('A10001') });
    await post(`/${id}/repeat`, { by: 'Bo' });
    const { body } = await call(app, 'GET', '/api/audit/system');
    expect(body['audit']).toMatchObject([
      { type: 'bulk.asked', actor: by, data: { bulkId: id, operation: 'done', rows: 1 } },
      { type: 'bulk.ended', actor: by, data: { bulkId: id, done: 0, failed: 1 } },
      { type: 'bulk.repeated', actor: 'Bo', data: { failed: 1 } },
      { type: 'bulk.ended', actor: 'Bo' },
    ]);
  });
});
