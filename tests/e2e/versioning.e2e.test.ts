import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createTemporalMigrations } from '../../api/temporalMigrations.js';
import type { Migrations } from '../../api/migrations.js';
import { connectTemporal, type TemporalLink } from '../../config/temporal/connection.js';
import { createEncryptionCodec } from '../../config/temporal/encryptionCodec.js';
import { createMigrationWorker } from '../../workers/worker.js';
import { setCurrentVersion } from '../../workers/versioning.js';
import { makeMigrationId, workflowIdOf } from '../../workflows/migration/ids.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder, plannedExample } from '../support/examples.js';
import { recordActivities, type Recording } from '../support/recordingActivities.js';
import { untilHeard } from '../support/untilHeard.js';

const order = exampleOrder('plain');
const migrationId = makeMigrationId(order.practice.odsCode, order.orderedOn, 'build1');
const workflowId = workflowIdOf(migrationId) ?? '';
const [source] = order.parties;
const SOON = { timeout: 120_000, interval: 100 };
const dataConverter = {
  payloadCodecs: [createEncryptionCodec({ current: 'k', keys: new Map([['k', randomBytes(32)]]) })],
};

let server: DevServer;
let link: TemporalLink;
let native: NativeConnection;
let migrations: Migrations;
let folder: string;
let bundlePath: string;
const recordings: Record<string, Recording> = {};
const builds: { stop: () => Promise<void> }[] = [];

/** A worker of one build; ends when asked to, at the latest with the tests. */
async function startBuild(buildId: string): Promise<{ stop: () => Promise<void> }> {
  const recording = recordActivities(plannedExample(order));
  recordings[buildId] = recording;
  const { activities } = recording;
  const options = { connection: native, namespace: server.namespace, dataConverter, activities, buildId, bundlePath };
  const worker = await createMigrationWorker(options);
  const ended = worker.run();
  const stop = async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
  };
  builds.push({ stop });
  return { stop };
}

const makeCurrent = (buildId: string) =>
  setCurrentVersion(
    link.connection,
    { namespace: server.namespace, buildId },
    { logger: pino({ level: 'silent' }), signal: AbortSignal.timeout(30_000) },
  );

/** The builds that completed the migration's workflow tasks, in the order of the history, each once in a row. */
async function buildsInHistory(): Promise<string[]> {
  const { events } = await link.client.workflow.getHandle(workflowId).fetchHistory();
  const builds = (events ?? []).flatMap(
    ({ workflowTaskCompletedEventAttributes: task }) => task?.deploymentVersion?.buildId ?? [],
  );
  return builds.filter((build, index) => build !== builds[index - 1]);
}

/** Everything that is due has been done, and it waits for its next wake. */
async function sleeps(): Promise<boolean> {
  const { events } = await link.client.workflow.getHandle(workflowId).fetchHistory();
  return Boolean(events?.at(-1)?.timerStartedEventAttributes);
}

const formSent = (webhookId: string) => {
  const event = { supplierId: source?.id ?? '', webhookId, type: 'form.sent' as const, migrationId };
  return untilHeard(() => migrations.sendSupplierEvent({ migrationId }, event));
};

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-builds-'));
  bundlePath = path.join(folder, 'workflow-bundle.js');
  await writeFile(bundlePath, inject('workflowBundleCode'));
  server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  const settings = { connectionOptions: { address: server.address }, namespace: server.namespace };
  link = connectTemporal({ settings, dataConverter, identity: 'test' });
  native = await NativeConnection.connect({ address: server.address });
  migrations = createTemporalMigrations({ ...link, report: () => undefined });
});

afterAll(async () => {
  for (const build of builds) await build.stop();
  await link.connection.close();
  await native.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('a new build', () => {
  it('takes over a running migration at its next step, and the old one is needed no more', async () => {
    const first = await startBuild('1');
    await makeCurrent('1');
    await migrations.start({ migrationId, order, asOf: order.orderedOn });
    await vi.waitFor(async () => expect(await sleeps()).toBe(true), SOON);
    const sentByFirst = recordings['1']?.sent.length;

    const second = await startBuild('2');
    await makeCurrent('2');
    await first.stop();
    expect(await formSent('alder/1')).toMatchObject({ kind: 'answered', answer: { effect: 'done' } });
    await vi.waitFor(() => expect(recordings['2']?.audit.map(({ type }) => type)).toContain('supplier.event'), SOON);

    expect(await buildsInHistory()).toEqual(['1', '2']);
    expect(recordings['1']?.sent.length).toBe(sentByFirst);
    const keys = Object.values(recordings).flatMap(({ sent }) => sent.map(({ message }) => message.key));
    expect(new Set(keys).size).toBe(keys.length);
    await second.stop();
  });

  it('leaves a migration where it is until it has been made current', async () => {
    const second = await startBuild('2');
    const third = await startBuild('3');
    expect(await formSent('alder/2')).toMatchObject({ kind: 'answered' });
    await vi.waitFor(() => expect(recordings['2']?.audit.map(({ type }) => type)).toContain('supplier.event'), SOON);
    expect(await buildsInHistory()).toEqual(['1', '2']);
    expect(recordings['3']?.writes).toBe(0);
    await third.stop();
    await second.stop();
  });
});
