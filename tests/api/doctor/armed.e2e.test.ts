import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { armedReport, type ArmedReport } from '../../../api/doctor/armedReport.js';
import { createTemporalLook, type TemporalLook } from '../../../api/temporalLook.js';
import { createTemporalMigrations } from '../../../api/temporalMigrations.js';
import type { Migrations } from '../../../api/migrations.js';
import { connectTemporal, type TemporalLink } from '../../../config/temporal/connection.js';
import { makeMigrationId } from '../../../workflows/migration/ids.js';
import { migrationDeploymentName, migrationTaskQueue } from '../../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { startDevServer, type DevServer } from '../../support/devServer.js';
import { exampleOrder, plannedExample } from '../../support/examples.js';
import { recordActivities } from '../../support/recordingActivities.js';

const version = { deploymentName: migrationDeploymentName, buildId: 'test' };
const order = exampleOrder('plain');
const real = makeMigrationId(order.practice.odsCode, order.orderedOn, 'real01');
const rehearsed = makeMigrationId(order.practice.odsCode, order.orderedOn, 'slow01', true);
/** A day of the migration in a minute: nothing is due while this test looks. */
const rehearsal = { speed: 1_440 };

let server: DevServer;
let link: TemporalLink;
let native: NativeConnection;
let migrations: Migrations;
let temporal: TemporalLook;

const report = (migrationId: string): Promise<ArmedReport> =>
  armedReport({ migrations, temporal, webhookSecrets: { of: async () => [] } }, { migrationId });

const makeCurrent = async (): Promise<void> =>
  vi.waitFor(
    async () => {
      const request = { namespace: 'default', identity: 'test', ...version };
      await link.connection.workflowService.setWorkerDeploymentCurrentVersion(request);
    },
    { timeout: 120_000, interval: 100 },
  );

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys) });
  const settings = { connectionOptions: { address: server.address }, namespace: 'default' };
  link = connectTemporal({ settings, dataConverter: {}, identity: 'test' });
  native = await NativeConnection.connect({ address: server.address });
  migrations = createTemporalMigrations({ ...link, report: () => undefined });
  temporal = createTemporalLook(link.connection, 'default');
});
afterAll(async () => {
  await link.connection.close();
  await native.close();
  await server.stop();
});

describe('what Temporal knows of running migrations', () => {
  it('is nothing of workers before there is one', async () => {
    expect(await temporal.workers()).toEqual({ workflow: [], activity: [] });
    expect((await temporal.namespace()).missing).toEqual([]);
  });

  it('proves that each is armed: its timer fires at its next wake, by the clock of the wall or of the rehearsal', async () => {
    const worker = await Worker.create({
      connection: native,
      taskQueue: migrationTaskQueue,
      workflowBundle: { code: inject('workflowBundleCode') },
      activities: { ...recordActivities(plannedExample(order)).activities },
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    });
    await worker.runUntil(async () => {
      await makeCurrent();
      const start = { order, asOf: order.orderedOn };
      await migrations.start({ migrationId: real, ...start });
      await migrations.start({ migrationId: rehearsed, ...start, rehearsal });
      for (const migrationId of [real, rehearsed]) {
        // A migration cannot be asked before its plan has been made.
        const planned = await vi.waitFor(() => report(migrationId), { timeout: 120_000, interval: 200 });
        const { findings, wakesAtMs = 0, nowMs, rungs } = planned;
        expect(findings).toEqual([]);
        expect(wakesAtMs).toBeGreaterThan(nowMs);
        expect(rungs.length).toBeGreaterThan(100);
      }
      await vi.waitFor(
        async () =>
          expect(await migrations.running()).toEqual({ kind: 'answered', answer: [real, rehearsed].toSorted() }),
        { timeout: 120_000, interval: 200 },
      );
      const { timers, activities } = await temporal.execution(rehearsed);
      expect({ timers: timers.length, activities }).toEqual({ timers: 1, activities: [] });
    });
  });

  it('finds that a migration cannot be asked while no worker is there', async () => {
    await expect(report(real)).rejects.toMatchObject({ fields: { status: 503 } });
  });
});
