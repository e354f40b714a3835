import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { redateVersion } from '../../rules/migration/redate/version.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { Story } from '../support/story.js';
import { call, startTestServer } from './support/testServer.js';

const ID = 'Z98001-20261020-test01';
const path = `/api/migrations/${ID}/redate`;
const order = exampleOrder('plain');
const moves = [
  { anchor: 'initialDataProduction', to: '2027-02-18', confirmed: true },
  { anchor: 'finalDataProduction', to: '2027-03-11', confirmed: true },
  { anchor: 'goLive', to: '2027-03-16', confirmed: true },
];
const said = { by: 'Tom Ashdown', reason: 'The supplier has no slot.' };

/** A server over a migration that stands on Tue 10 Nov 2026. */
async function serve() {
  const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
  const server = await startTestServer();
  server.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs } });
  return { ...server, state, version: redateVersion(state) };
}

describe('the preview of a move', () => {
  it('says what moves, who is asked again and what would go out, and nothing is said to the migration', async () => {
    const { app, migrations, version } = await serve();
    const { status, body } = await call(app, 'POST', `${path}/preview`, { moves });
    expect(status).toBe(200);
    expect(body).toMatchObject({ migrationId: ID, version, refused: false, asOf: '2026-11-10' });
    expect(body['servedAgain']).toMatchObject([
      { milestoneId: 'extract.initial.alder.core.1.asked', doneFor: '2027-01-07' },
      { milestoneId: 'extract.final.alder.core.1.asked', doneFor: '2027-01-28' },
    ]);
    expect(migrations.said).toEqual([]);
  });

  it('takes the later days along, or all of them by a distance', async () => {
    const { app } = await serve();
    const anchorsOf = async (where: object) => {
      const { body } = await call(app, 'POST', `${path}/preview`, where);
      return body['anchors'];
    };
    const together = await anchorsOf({ moves: moves.slice(0, 1), keepDistance: true });
    expect(together).toEqual(await anchorsOf({ moves }));
    expect(await anchorsOf({ shift: { amount: 6, unit: 'weeks' }, confirmed: true })).toEqual(together);
  });

  it('leaves a day confirmed that stays beside one that moves, unless somebody says that it is open again', async () => {
    const { app } = await serve();
    const [first] = moves;
    const stays = { anchor: 'goLive', to: '2027-02-02' };
    const lastOf = async (goLive: object) => {
      const { body } = await call(app, 'POST', `${path}/preview`, { moves: [first, goLive] });
      return z.array(z.unknown()).parse(body['anchors']).at(-1);
    };
    expect(await lastOf(stays)).toMatchObject({ anchor: 'goLive', after: { on: '2027-02-02', status: 'confirmed' } });
    const open = await lastOf({ ...stays, confirmed: false });
    expect(open).toMatchObject({ anchor: 'goLive', after: { on: '2027-02-02', status: 'provisional' } });
  });

  it('says what is wrong with days that cannot be', async () => {
    const { app } = await serve();
    const tooEarly = [{ anchor: 'goLive', to: '2027-01-20', confirmed: true }];
    const { body } = await call(app, 'POST', `${path}/preview`, { moves: tooEarly });
    expect(body).toMatchObject({ refused: true });
    expect(JSON.stringify(body['problems'])).toContain('anchors-out-of-order');
  });
});

describe('a move', () => {
  it('sends the plan with the version that was previewed', async () => {
    const { app, migrations, version } = await serve();
    const { status, body } = await call(app, 'POST', path, { moves, version, ...said });
    expect({ status, body }).toMatchObject({ status: 200, body: { anchors: { goLive: { on: '2027-03-16' } } } });
    expect(migrations.said).toMatchObject([
      { what: 'redate', payload: { version, ...said, moves, acceptRisks: false, plan: { dateVersion: 1 } } },
    ]);
  });

  it.each([
    ['without a version', { moves, version: undefined }, 400],
    ['without days', {}, 400],
    ['by days and by a distance', { moves, shift: { amount: 1, unit: 'weeks' } }, 400],
    ['by no known unit', { shift: { amount: 1, unit: 'fortnights' } }, 400],
    ['of a day that is none', { moves: [{ anchor: 'order', to: '2027-01-07' }] }, 400],
    ['to a day that is none', { moves: [{ anchor: 'goLive', to: '2027-02-30' }] }, 400],
    ['twice of one day', { moves: [moves[2], moves[2]] }, 422],
    ['into the past', { moves: [{ anchor: 'goLive', to: '2026-11-09' }] }, 422],
    ['beyond the calendar', { moves: [{ anchor: 'goLive', to: '2031-01-06' }] }, 422],
    ['to where it is', { moves: [{ anchor: 'goLive', to: '2027-02-02', confirmed: true }] }, 422],
    ['to where it is, which leaves it confirmed', { moves: [{ anchor: 'goLive', to: '2027-02-02' }] }, 422],
    ['by no distance', { shift: { amount: 0, unit: 'workingDays' } }, 422],
  ])('is refused %s', async (_what, change, expected) => {
    const { app, migrations, version, state } = await serve();
    migrations.redate = async () => ({
      kind: 'rejected',
      rejection: { type: 'NothingMoves', message: state.migrationId, choices: [] },
    });
    expect((await call(app, 'POST', path, { version, ...said, ...change })).status).toBe(expected);
  });

  it('is refused with 409 where the migration has changed since, naming its version', async () => {
    const { app, migrations, version } = await serve();
    migrations.redate = async () => ({
      kind: 'rejected',
      rejection: { type: 'PreviewOutdated', message: 'Look again.', choices: ['2.0123456789ab'] },
    });
    const { status, body } = await call(app, 'POST', path, { moves, version, ...said });
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: 'urn:leadtime:problem:preview-outdated', choices: ['2.0123456789ab'] });
  });

  it('is unavailable while Temporal is away', async () => {
    const { app } = await startTestServer();
    const version = '1.0123456789ab';
    expect((await call(app, 'POST', `${path}/preview`, { moves })).status).toBe(503);
    expect((await call(app, 'POST', path, { moves, version, ...said })).status).toBe(503);
  });
});

describe('another order', () => {
  const text = (change: object = {}) => ({ fileName: 'order.yaml', text: JSON.stringify({ ...order, ...change }) });
  const scanner = { surveyItems: [{ id: 'scanner', title: 'A scanner', owner: 'practice' }] };

  it('is previewed and taken like a move', async () => {
    const { app, migrations, version } = await serve();
    const preview = await call(app, 'POST', `/api/migrations/${ID}/amend/preview`, text(scanner));
    expect(preview).toMatchObject({ status: 200, body: { version, changes: ['surveyItems.scanner: added'] } });
    const { status } = await call(app, 'POST', `/api/migrations/${ID}/amend`, { ...text(scanner), version, ...said });
    expect(status).toBe(200);
    expect(migrations.said).toMatchObject([
      {
        what: 'redate',
        payload: { moves: [], amended: { changes: ['surveyItems.scanner: added'], droppedItems: [] } },
      },
    ]);
  });

  it.each([
    ['that is as it was', {}, 422, 'nothing-moves'],
    ['of another practice', { practice: { ...order.practice, odsCode: 'Z11111' } }, 422, 'order-of-another'],
    ['that names rules that are not there', { ruleSet: 'none' }, 422, 'unknown-rule-set'],
    ['that is none', { parties: 'none' }, 400, 'order-unreadable'],
  ])('%s is refused', async (_what, change, status, code) => {
    const { app } = await serve();
    const answer = await call(app, 'POST', `/api/migrations/${ID}/amend/preview`, text(change));
    expect(answer.status).toBe(status);
    expect(answer.body['type']).toBe(`urn:leadtime:problem:${code}`);
  });

  it('begins with the one that there is', async () => {
    const { app } = await serve();
    const { status, body } = await call(app, 'GET', `/api/migrations/${ID}/order`);
    expect(status).toBe(200);
    expect(body['order']).toMatchObject({ practice: order.practice, anchors: order.anchors });
  });
});

describe('what is in use', () => {
  it('is adopted where it is another, and named', async () => {
    const { app, migrations } = await startTestServer();
    const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
    const plan = { ...state.plan, calendar: { ...state.plan.calendar, version: 'of last year' } };
    migrations.planFrom({ kind: 'answered', answer: { state: { ...state, plan }, order, nowMs } });
    const preview = (what: string) => call(app, 'POST', `/api/migrations/${ID}/adopt/preview`, { what });
    expect((await preview('calendar')).body).toMatchObject({ adopts: [{ what: 'calendar' }], moves: [] });
    expect((await preview('all')).status).toBe(200);
    expect((await preview('rules')).body).toMatchObject({ type: 'urn:leadtime:problem:nothing-to-adopt' });
  });

  it('is not adopted where it is the same', async () => {
    const { app } = await serve();
    const { status, body } = await call(app, 'POST', `/api/migrations/${ID}/adopt/preview`, {});
    expect({ status, type: body['type'] }).toEqual({ status: 422, type: 'urn:leadtime:problem:nothing-to-adopt' });
  });
});
