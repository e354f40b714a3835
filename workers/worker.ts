import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection, type WorkerOptions } from '@temporalio/worker';
import type { BulkActivities } from '../rules/bulk/ports.js';
import type { MigrationActivities } from '../rules/migration/ports.js';
import { bulkTaskQueue } from '../workflows/bulk/messages.js';
import { migrationDeploymentName, migrationTaskQueue } from '../workflows/migration/messages.js';
import { builtBundle, requireBundle } from './bundle.js';

/** Heartbeats are acknowledged one by one (see activities/deliver): held back, a killed worker would send mails twice. */
const HEARTBEAT_THROTTLE = '20 ms';
/** What is being sent may come to its end; what takes longer goes on in another worker from its last heartbeat. */
const SHUTDOWN_GRACE = '10 seconds';
const SHUTDOWN_FORCE = '15 seconds';
/** Two chunks for each operation, and a handful of operations. */
const SMALL = {
  maxConcurrentActivityTaskExecutions: 10,
  maxConcurrentWorkflowTaskExecutions: 4,
  maxCachedWorkflows: 20,
  workflowThreadPoolSize: 1,
};

export interface MigrationWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  activities: MigrationActivities;
  buildId: string;
  /** The built one unless given. */
  bundlePath?: string;
  /** Of the deployment, for worker versioning; the product's own unless given. */
  deploymentName?: string;
}

/**
 * Makes a worker that runs migrations, not running yet.
 *
 * Nothing runs on it before its build is made current: see `setCurrentVersion`.
 * @throws BundleMissingError
 */
export async function createMigrationWorker(options: MigrationWorkerOptions): Promise<Worker> {
  return Worker.create({ ...common(options), taskQueue: migrationTaskQueue, activities: { ...options.activities } });
}

export type BulkWorkerOptions = Omit<MigrationWorkerOptions, 'activities'> & { activities: BulkActivities };

/**
 * Makes a worker that runs operations on many practices, beside the one for migrations: few of them, so it is small.
 *
 * @throws BundleMissingError
 */
export async function createBulkWorker(options: BulkWorkerOptions): Promise<Worker> {
  return Worker.create({
    ...common(options),
    ...SMALL,
    taskQueue: bulkTaskQueue,
    activities: { ...options.activities },
  });
}

function common(options: Omit<MigrationWorkerOptions, 'activities'>) {
  const { connection, namespace, dataConverter, buildId } = options;
  const { bundlePath = builtBundle, deploymentName = migrationDeploymentName } = options;
  requireBundle(bundlePath);
  return {
    connection,
    namespace,
    dataConverter,
    workflowBundle: { codePath: bundlePath },
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE' as const,
    },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
  } satisfies Omit<WorkerOptions, 'taskQueue'>;
}
