import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { connectTemporal, type TemporalLink } from '../../config/temporal/connection.js';
import { createEncryptionCodec } from '../../config/temporal/encryptionCodec.js';
import { previewOf, redate } from '../../api/redate/redate.js';
import { createTemporalMigrations } from '../../api/temporalMigrations.js';
import { createReplan } from '../../config/replanning.js';
import type { Migrations } from '../../api/migrations.js';
import type { SupplierEvent } from '../../rules/migration/events.js';
import { makeMigrationId, workflowIdOf } from '../../workflows/migration/ids.js';
import { migrationDeploymentName, migrationTaskQueue } from '../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder, plannedExample } from '../support/examples.js';
import { recordActivities } from '../support/recordingActivities.js';
import { untilHeard } from '../support/untilHeard.js';

const BUILD_ID = 'test';
const order = exampleOrder('plain');
const { odsCode } = order.practice;
const codec = createEncryptionCodec({ current: 'k', keys: new Map([['k', randomBytes(32)]]) });
const dataConverter = { payloadCodecs: [codec] };
const source = order.parties.find(({ roles }) => roles.includes('sourceSupplier'))?.id ?? '';
const migrationId = makeMigrationId(odsCode, order.orderedOn, 'first1');
const start = (random: string) => ({
  migrationId: makeMigrationId(odsCode, order.orderedOn, random),
  order,
  asOf: order.orderedOn,
});
const formSent = (webhookId: string, change: Partial<SupplierEvent> = {}): SupplierEvent => ({
  supplierId: source,
  webhookId,
  type: 'form.sent',
  ...change,
});

const anchoredOn = order.anchors.initialDataProduction?.on;

async function summaryOf({
  userMetadata,
}: {
  userMetadata?: temporal.api.sdk.v1.IUserMetadata | null;
}): Promise<unknown> {
  if (!userMetadata?.summary) return undefined;
  const [payload] = await codec.decode([userMetadata.summary]);
  return payload && defaultPayloadConverter.fromPayload(payload);
}

let server: DevServer;
let link: TemporalLink;
let native: NativeConnection;
let migrations: Migrations;
const failures: unknown[] = [];

const linkTo = (address: string): TemporalLink =>
  connectTemporal({
    settings: { connectionOptions: { address }, namespace: 'default' },
    dataConverter,
    identity: 'test',
  });

/** A worker for as long as the work takes, and none before or after. */
const whileWorking = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  const worker = await Worker.create({
    connection: native,
    taskQueue: migrationTaskQueue,
    workflowBundle: { code: inject('workflowBundleCode') },
    activities: { ...recordActivities(plannedExample(order)).activities },
    dataConverter,
    workerDeploymentOptions: {
      version: { deploymentName: migrationDeploymentName, buildId: BUILD_ID },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
  });
  return worker.runUntil(async () => {
    await makeCurrent();
    return work();
  });
};

/** Until a build is current nothing runs, and it can be made so once its worker has polled. */
const makeCurrent = async (): Promise<void> =>
  vi.waitFor(
    async () => {
      const version = { namespace: 'default', deploymentName: migrationDeploymentName, buildId: BUILD_ID };
      await link.connection.workflowService.setWorkerDeploymentCurrentVersion({ ...version, identity: 'test' });
    },
    { timeout: 120_000, interval: 100 },
  );

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  link = linkTo(server.address);
  native = await NativeConnection.connect({ address: server.address });
  migrations = createTemporalMigrations({ ...link, report: (error) => failures.push(error) });
});
afterAll(async () => {
  await link.connection.close();
  await native.close();
  await server.stop();
});

describe('migrations on a real Temporal server', () => {
  it('are not there before they are started', async () => {
    expect(await migrations.sendSupplierEvent({ odsCode }, formSent('a'))).toMatchObject({
      kind: 'absent',
      state: 'unknown',
    });
    expect(await migrations.timeline({ migrationId })).toMatchObject({ kind: 'absent', state: 'unknown' });
  });

  it('are started once, however often the same start is asked for', async () => {
    const started = { kind: 'started', migrationId, workflowId: workflowIdOf(migrationId) };
    expect(await Promise.all([migrations.start(start('first1')), migrations.start(start('first1'))])).toEqual([
      started,
      started,
    ]);
    expect(await migrations.start(start('first1'))).toEqual(started);
    expect(await migrations.start(start('other1'))).toEqual({
      kind: 'alreadyRunning',
      runningMigrationId: migrationId,
    });
  });

  it('are unavailable while no worker is there, after a wait that ends, and take the same event once one is', async () => {
    expect(await migrations.sendSupplierEvent({ odsCode }, formSent('emis/1'))).toMatchObject({ kind: 'unavailable' });
    const answers = await whileWorking(async () => [
      await untilHeard(() => migrations.sendSupplierEvent({ odsCode }, formSent('emis/1'))),
      await migrations.sendSupplierEvent({ migrationId }, formSent('emis/1', { migrationId })),
    ]);
    expect(answers[0]).toMatchObject({ kind: 'answered', answer: { migrationId, effect: 'done' } });
    expect(answers[1]).toEqual(answers[0]);
  });

  it('refuse what does not fit, each refusal with its type and choices', async () => {
    const other = makeMigrationId(odsCode, order.orderedOn, 'other1');
    await whileWorking(async () => {
      const fromAStranger = formSent('x/1', { supplierId: 'stranger' });
      expect(await untilHeard(() => migrations.sendSupplierEvent({ odsCode }, fromAStranger))).toMatchObject({
        kind: 'rejected',
        rejection: { type: 'PartyNotInMigration', choices: order.parties.map(({ id }) => id) },
      });
      expect(
        await migrations.sendSupplierEvent({ migrationId: other }, formSent('x/2', { migrationId: other })),
      ).toMatchObject({ kind: 'rejected', rejection: { type: 'WrongMigration' } });
      const payload = { milestoneId: 'nothing', on: order.orderedOn, by: 'Bo' };
      expect(await migrations.done({ target: { migrationId }, requestId: '1', payload })).toMatchObject({
        kind: 'rejected',
        rejection: { type: 'UnknownMilestone' },
      });
      expect(await migrations.done({ target: { migrationId: other }, requestId: '2', payload })).toMatchObject({
        kind: 'rejected',
        rejection: { type: 'WrongMigration', choices: [migrationId] },
      });
    });
  });

  it('keep people’s addresses out of what Temporal stores', async () => {
    const { events } = await link.client.workflow.getHandle(workflowIdOf(migrationId) ?? '').fetchHistory();
    // Bytes are written as base64 in JSON.
    const stored = JSON.stringify(events).replaceAll(/"([A-Za-z0-9+/]{8,}=*)"/g, (_, text: string) =>
      Buffer.from(text, 'base64').toString('latin1'),
    );
    const shows = (text: string): boolean => stored.includes(text);
    expect({ odsCode: shows(odsCode), encrypted: shows('binary/encrypted') }).toEqual({
      odsCode: true,
      encrypted: true,
    });
    const { practiceManager, csuOperator } = order.contacts;
    expect([practiceManager.email, practiceManager.name, csuOperator.email, order.csu.phone].filter(shows)).toEqual([]);
  });

  it('say in Temporal’s own pages what they are, what they do and what they wait for', async () => {
    const handle = link.client.workflow.getHandle(workflowIdOf(migrationId) ?? '');
    const description = await handle.describe();
    const target = order.parties.find(({ roles }) => roles.includes('targetSupplier'))?.id;
    expect(await description.staticSummary()).toBe(`${odsCode} from ${source} to ${target}`);
    expect(await description.staticDetails()).toContain(`- initialDataProduction: ${anchoredOn}, confirmed`);
    const summariesOf = async () => Promise.all(((await handle.fetchHistory()).events ?? []).map(summaryOf));
    const summaries = await whileWorking(() =>
      // The timer is set once everything before it has been sent and written down.
      vi.waitFor(
        async () => {
          const now = await summariesOf();
          expect(now).toContainEqual(expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d: [a-z]/));
          return now;
        },
        { timeout: 120_000, interval: 200 },
      ),
    );
    expect(summaries).toContain(`as of ${order.orderedOn}`);
    expect(summaries).toContainEqual(expect.stringMatching(/^\d+ messages?: [a-zA-Z]+/));
    await whileWorking(async () => {
      await untilHeard(() => migrations.timeline({ migrationId }));
      const { currentDetails } = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
      expect(currentDetails).toMatch(/\*\*running\*\*, phase \w+, date version 1\n- next wake: \d{4}-/);
    });
  });

  it('move their days once, of three who commit the same preview at once', async () => {
    const deps = { migrations, replan: createReplan() };
    const rehearsed = makeMigrationId(odsCode, order.orderedOn, 'moved1', true);
    const target = { migrationId: rehearsed };
    const where = { moves: [{ anchor: 'goLive' as const, to: '2027-02-09', confirmed: true }] };
    await whileWorking(async () => {
      // A rehearsal as fast as real time stands on the day of its order.
      await migrations.start({ ...start('moved1'), migrationId: rehearsed, rehearsal: { speed: 1 } });
      await vi.waitFor(async () => expect(await previewOf(deps, target, where)).toMatchObject({ kind: 'answered' }), {
        timeout: 120_000,
      });
      const preview = await previewOf(deps, target, where);
      if (preview.kind !== 'answered') throw new Error(preview.kind);
      const { version } = preview.answer;
      const commit = (by: string) =>
        redate(deps, { target, where, by, reason: 'no slot', updateId: `by-${by}`, version });
      const outcomes = await Promise.all(['one', 'two', 'three'].map(commit));
      expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['answered', 'rejected', 'rejected']);
      expect(outcomes.filter(({ kind }) => kind === 'rejected')).toMatchObject([
        { rejection: { type: 'PreviewOutdated' } },
        { rejection: { type: 'PreviewOutdated' } },
      ]);
      const winner = ['one', 'two', 'three'][outcomes.findIndex(({ kind }) => kind === 'answered')] ?? '';
      // Sent again because the answer was lost: the first answer, and no second move.
      const first = outcomes.find(({ kind }) => kind === 'answered');
      expect(first).toMatchObject({ answer: { dateVersion: 2, anchors: { goLive: { on: '2027-02-09' } } } });
      expect(await commit(winner)).toEqual(first);
      // Without a version it is the one of now: nothing is left to move.
      const again = { target, where, by: 'four', reason: 'no slot', updateId: 'four' };
      expect(await redate(deps, again)).toMatchObject({ kind: 'rejected', rejection: { type: 'NothingMoves' } });
      const planning = await migrations.planning(target);
      expect(planning).toMatchObject({ answer: { state: { plan: { dateVersion: 2 } } } });
      await migrations.cancel({ target, requestId: 'moved', payload: { by: 'Bo', reason: 'enough' } });
    });
  });

  it('have closed once they are called off, also when another of the practice comes after', async () => {
    const target = { migrationId };
    const payload = { by: 'Bo', reason: 'Practice closes.' };
    await whileWorking(async () => {
      const cancelled = { kind: 'answered', answer: { status: 'cancelled' } };
      expect(await untilHeard(() => migrations.cancel({ target, requestId: '3', payload }))).toEqual(cancelled);
      await link.client.workflow.getHandle(workflowIdOf(migrationId) ?? '').result();
      // Sent again because the answer was lost: the first answer, though nobody is there any more.
      expect(await migrations.cancel({ target, requestId: '3', payload })).toEqual(cancelled);
      const closed = { kind: 'absent', state: 'closed' };
      expect(await migrations.sendSupplierEvent({ odsCode }, formSent('emis/2'))).toMatchObject(closed);
      expect(await migrations.sendSupplierEvent(target, formSent('emis/3', target))).toMatchObject(closed);
      expect(await migrations.cancel({ target, requestId: '4', payload })).toMatchObject(closed);
      expect(await migrations.start(start('later1'))).toMatchObject({ kind: 'started' });
      expect(await migrations.timeline(target)).toMatchObject({ kind: 'answered' });
      expect(await migrations.cancel({ target: { odsCode }, requestId: '5', payload })).toMatchObject({
        kind: 'answered',
      });
    });
  });

  it('are unavailable while Temporal is away, after a wait that ends', async () => {
    const gone = linkTo('127.0.0.1:9');
    const away = createTemporalMigrations({ ...gone, report: (error) => failures.push(error) });
    const before = failures.length;
    expect(await away.sendSupplierEvent({ odsCode }, formSent('emis/9'))).toMatchObject({ kind: 'unavailable' });
    expect(failures.length).toBeGreaterThan(before);
    await gone.connection.close();
  });
});
