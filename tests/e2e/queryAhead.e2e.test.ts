import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { createTemporalMigrations } from '../../api/temporalMigrations.js';
import type { Migrations } from '../../api/migrations.js';
import { connectTemporal, type TemporalLink } from '../../config/temporal/connection.js';
import { verifyChain } from '../../rules/migration/auditChain.js';
import { setCurrentVersion } from '../../workers/versioning.js';
import { makeMigrationId, workflowIdOf } from '../../workflows/migration/ids.js';
import { migrationDeploymentName, migrationTaskQueue } from '../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../support/devServer.js';
import { exampleOrder, plannedExample } from '../support/examples.js';
import { recordActivities } from '../support/recordingActivities.js';
import { untilHeard } from '../support/untilHeard.js';

const order = exampleOrder('plain');
const migrationId = makeMigrationId(order.practice.odsCode, order.orderedOn, 'asked1');
const workflowId = workflowIdOf(migrationId) ?? '';
const [source] = order.parties;
const SOON = { timeout: 120_000, interval: 50 };
const QUESTIONS = 8;
const REACHES_SERVER_MS = 1_000;
/** Started, a task, and the activity that plans. */
const UP_TO_PLANNING = 5;
/** That activity has been done, and a task is due. */
const PLANNED = 8;

let server: DevServer;
let link: TemporalLink;
let native: NativeConnection;
let migrations: Migrations;
const recording = recordActivities(plannedExample(order));
const workers: (() => Promise<void>)[] = [];

/** A worker that does only what it is given: workflows, or activities. */
async function startWorker(what: Pick<WorkerOptions, 'activities' | 'workflowBundle'>): Promise<() => Promise<void>> {
  const worker = await Worker.create({
    connection: native,
    namespace: server.namespace,
    taskQueue: migrationTaskQueue,
    identity: 'asked',
    workerDeploymentOptions: {
      version: { deploymentName: migrationDeploymentName, buildId: '1' },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
    ...what,
  });
  const ended = worker.run();
  const stop = async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
  };
  workers.push(stop);
  return stop;
}

const workflows = { workflowBundle: { code: inject('workflowBundleCode') } };

const history = async () => {
  const { events } = await link.client.workflow.getHandle(workflowId).fetchHistory();
  return events ?? [];
};

const untilEvents = (count: number) =>
  vi.waitFor(async () => expect((await history()).length).toBeGreaterThanOrEqual(count), SOON);

const msOf = (event: Awaited<ReturnType<typeof history>>[number] | undefined): number =>
  Number(event?.eventTime?.seconds) * 1_000 + Math.floor((event?.eventTime?.nanos ?? 0) / 1e6);

/** Waits until every question has reached the server: it keeps them for the next worker. */
async function ask(): Promise<Promise<unknown>[]> {
  const asked = Array.from({ length: QUESTIONS }, () => migrations.planning({ migrationId }));
  await new Promise((resolve) => setTimeout(resolve, REACHES_SERVER_MS));
  return asked;
}

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  const settings = { connectionOptions: { address: server.address }, namespace: server.namespace };
  link = connectTemporal({ settings, dataConverter: {}, identity: 'test' });
  native = await NativeConnection.connect({ address: server.address });
  migrations = createTemporalMigrations({ ...link, report: () => undefined });
});

afterAll(async () => {
  for (const stop of workers) await stop();
  await link.connection.close();
  await native.close();
  await server.stop();
});

describe('a question that a worker hears before what has happened meanwhile', () => {
  it('leaves the migration its own now, and the chain of its audit whole when it is replayed', async () => {
    const first = await startWorker(workflows);
    await setCurrentVersion(
      link.connection,
      { namespace: server.namespace, buildId: '1' },
      { logger: pino({ level: 'silent' }), signal: AbortSignal.timeout(30_000) },
    );
    await migrations.start({ migrationId, order, asOf: order.orderedOn });
    await untilEvents(UP_TO_PLANNING);
    await first();
    const asked = await ask();
    await startWorker({ activities: { ...recording.activities } });
    await untilEvents(PLANNED);
    const second = await startWorker(workflows);
    await Promise.all(asked);
    await vi.waitFor(() => expect(recording.sent.length).toBeGreaterThan(0), SOON);
    // Never the now of the task before, which was over when the planning began.
    const planned = (await history()).find(({ activityTaskCompletedEventAttributes: done }) => Boolean(done));
    expect(recording.sent[0]?.atMs).toBeGreaterThanOrEqual(msOf(planned));

    await second();
    await startWorker(workflows);
    const event = { supplierId: source?.id ?? '', webhookId: 'asked/1', type: 'form.sent' as const, migrationId };
    const answer = await untilHeard(() => migrations.sendSupplierEvent({ migrationId }, event));
    expect(answer).toMatchObject({ kind: 'answered' });
    await vi.waitFor(() => expect(recording.audit.map(({ type }) => type)).toContain('supplier.event'), SOON);
    expect(verifyChain(recording.audit)).toEqual({ ok: true });
  });
});
