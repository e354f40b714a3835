import type { DataConverter } from '@temporalio/common';
import { Worker, type NativeConnection } from '@temporalio/worker';
import type { BulkActivities } from '../rules/bulk/ports.js';
import type { MigrationActivities } from '../rules/migration/ports.js';
import { migrationDeploymentName, migrationTaskQueue } from '../workflows/migration/messages.js';
import { builtBundle, requireBundle } from './bundle.js';

/** Heartbeats are acknowledged one by one (see activities/deliver): held back, a killed worker would send mails twice. */
const HEARTBEAT_THROTTLE = '20 ms';
/** What is being sent may come to its end; what takes longer goes on in another worker from its last heartbeat. */
const SHUTDOWN_GRACE = '10 seconds';
const SHUTDOWN_FORCE = '15 seconds';

export interface MigrationWorkerOptions {
  connection: NativeConnection;
  namespace: string;
  dataConverter: DataConverter;
  activities: MigrationActivities & Partial<BulkActivities>;
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
  const { connection, namespace, dataConverter, activities, buildId } = options;
  const { bundlePath = builtBundle, deploymentName = migrationDeploymentName } = options;
  requireBundle(bundlePath);
  return Worker.create({
    connection,
    namespace,
    dataConverter,
    taskQueue: migrationTaskQueue,
    workflowBundle: { codePath: bundlePath },
    activities: { ...activities },
    workerDeploymentOptions: {
      version: { deploymentName, buildId },
      useWorkerVersioning: true,
      defaultVersioningBehavior: 'AUTO_UPGRADE',
    },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    defaultHeartbeatThrottleInterval: HEARTBEAT_THROTTLE,
    shutdownGraceTime: SHUTDOWN_GRACE,
    shutdownForceTime: SHUTDOWN_FORCE,
  });
}
