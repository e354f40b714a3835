import { describe, expect, it } from 'vitest';
import { Instance, sharedPractices } from '../support/sharedInstance.js';
import { storyMigrations } from './support/storyMigrations.js';
import { call, startTestServer } from './support/testServer.js';

const path = '/api/migrations/Z98001/redate';
const moves = [
  { anchor: 'initialDataProduction', to: '2027-02-18', confirmed: true },
  { anchor: 'finalDataProduction', to: '2027-03-11', confirmed: true },
  { anchor: 'goLive', to: '2027-03-16', confirmed: true },
];
const said = { by: 'Tom Ashdown', reason: 'The supplier has no slot.', acceptRisks: true };

/** Migrations that stand on Tue 10 Nov 2026. @param codes of the practices that have one */
async function serve(codes = sharedPractices.map(({ odsCode }) => odsCode)) {
  const instance = new Instance();
  const stories = new Map(codes.map((code) => [code, instance.begin(code).until('2026-11-10')]));
  const { migrations, broken } = storyMigrations(stories);
  const server = await startTestServer({ migrations });
  const goLives = () => [...stories.values()].map(({ state }) => state.plan.anchors.goLive.on);
  const preview = async (change: object = {}) =>
    (await call(server.app, 'POST', `${path}/preview`, { moves, ...change })).body;
  const commit = (change: object = {}, key = 'one') =>
    call(server.app, 'POST', path, { moves, ...said, ...change }, { 'idempotency-key': key });
  return { ...server, stories, broken, goLives, preview, commit };
}

const statesIn = (body: Record<string, unknown>): unknown => {
  const { instance } = body;
  const practices: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, 'practices') : [];
  return Array.isArray(practices)
    ? practices.map(
        (row: unknown) => `${String(Reflect.get(Object(row), 'odsCode'))} ${String(Reflect.get(Object(row), 'state'))}`,
      )
    : [];
};

const all = (day: string): string[] => [day, day, day];
const was = '2027-02-02';
const is = '2027-03-16';

describe('a move of practices on one instance', () => {
  it('is looked at in all of them, under one version, and nothing moves', async () => {
    const { preview, goLives } = await serve();
    const body = await preview();
    expect(body).toMatchObject({ refused: false, instance: { id: 'mill-valley' } });
    expect(statesIn(body)).toEqual(['Z98011 moves', 'Z98012 moves']);
    expect(body['version']).toMatch(/^Z98001:1\.[0-9a-f]{12},Z98011:1\.[0-9a-f]{12},Z98012:1\.[0-9a-f]{12}$/);
    expect(goLives()).toEqual(all(was));
  });

  it('is made in all of them', async () => {
    const { preview, commit, goLives } = await serve();
    const { version } = await preview();
    const { status, body } = await commit({ version });
    expect({ status, states: statesIn(body) }).toEqual({ status: 200, states: ['Z98011 moved', 'Z98012 moved'] });
    expect(body).toMatchObject({ dateVersion: 2, anchors: { goLive: { on: is } } });
    expect(goLives()).toEqual(all(is));
  });

  it('is made in none where one has changed since', async () => {
    const { preview, commit, goLives, stories } = await serve();
    const { version } = await preview();
    stories.get('Z98012')?.done('authorise-extracts', { by: 'Priya Nayar' });
    const { status, body } = await commit({ version });
    expect({ status, body }).toMatchObject({ status: 409, body: { rejection: 'PreviewOutdated' } });
    expect(body['detail']).toContain('Tollgate Surgery (Z98012): ');
    expect(goLives()).toEqual(all(was));
  });

  it('is made in none where one cannot move', async () => {
    const { preview, commit, goLives, stories } = await serve();
    const held = stories.get('Z98011');
    held?.happens({ type: 'held', atMs: held.nowMs, by: 'Helen Marsh', reason: 'They may merge.' });
    const body = await preview();
    expect({ refused: body['refused'], states: statesIn(body) }).toEqual({
      refused: true,
      states: ['Z98011 refused', 'Z98012 moves'],
    });
    const { status } = await commit({ version: body['version'] });
    expect({ status, days: goLives() }).toEqual({ status: 422, days: all(was) });
  });

  it('needs one who takes on the risks of all', async () => {
    const { preview, commit, goLives } = await serve();
    const soon = { moves: [{ anchor: 'initialDataProduction', to: '2026-12-15', confirmed: true }] };
    const { needsAcceptance, version } = await preview(soon);
    expect(needsAcceptance).toBe(true);
    const { status, body } = await commit({ ...soon, version, acceptRisks: false });
    expect({ status, body }).toMatchObject({ status: 422, body: { rejection: 'RiskNotAccepted' } });
    expect(goLives()).toEqual(all(was));
  });

  it('says what has failed in the middle, and is finished by a repeat under the same key', async () => {
    const { preview, commit, goLives, broken } = await serve();
    const { version } = await preview();
    broken.add('Z98011');
    const first = await commit({ version });
    expect({ status: first.status, states: statesIn(first.body) }).toEqual({
      status: 200,
      states: ['Z98011 failed', 'Z98012 moved'],
    });
    broken.clear();
    const { status, body } = await commit({ version });
    expect({ status, states: statesIn(body) }).toEqual({ status: 200, states: ['Z98011 moved', 'Z98012 moved'] });
    expect({ days: goLives(), dateVersion: body['dateVersion'] }).toEqual({ days: all(is), dateVersion: 2 });
  });

  it('is finished by the same days, looked at anew', async () => {
    const { preview, commit, goLives, broken } = await serve();
    const { version } = await preview();
    broken.add('Z98011');
    await commit({ version });
    broken.clear();
    const again = await preview();
    expect({ states: statesIn(again), moves: again['moves'] }).toEqual({
      states: ['Z98011 moves', 'Z98012 stays'],
      moves: [],
    });
    const { status, body } = await commit({ version: again['version'] }, 'two');
    expect({ status, states: statesIn(body) }).toEqual({ status: 200, states: ['Z98011 moved', 'Z98012 stays'] });
    expect(goLives()).toEqual(all(is));
    expect(await preview()).toMatchObject({ status: 422, rejection: 'NothingMoves' });
  });

  it('moves none where the practice that is named does not move', async () => {
    const { preview, commit, goLives, broken } = await serve();
    const { version } = await preview();
    broken.add('Z98001');
    expect((await commit({ version })).status).toBe(503);
    expect(goLives()).toEqual(all(was));
  });

  it('leaves out a practice that has no migration, and says so', async () => {
    const { preview, commit } = await serve(['Z98001', 'Z98012']);
    const { version } = await preview();
    const { body } = await commit({ version });
    expect(statesIn(body)).toEqual(['Z98011 notRunning', 'Z98012 moved']);
  });

  it('moves one alone where somebody says so, and says who is left', async () => {
    const { preview, commit, goLives } = await serve();
    const body = await preview({ onlyThis: true });
    expect(statesIn(body)).toEqual(['Z98011 left', 'Z98012 left']);
    const moved = await commit({ version: body['version'], onlyThis: true });
    expect({ status: moved.status, states: statesIn(moved.body) }).toEqual({
      status: 200,
      states: ['Z98011 left', 'Z98012 left'],
    });
    expect(goLives()).toEqual([is, was, was]);
  });

  it('does not take the version of one for that of all', async () => {
    const { preview, commit, goLives } = await serve();
    const { version } = await preview({ onlyThis: true });
    expect((await commit({ version })).status).toBe(409);
    expect(goLives()).toEqual(all(was));
  });
});
