import { once } from 'node:events';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Environment } from '../config/environment.js';
import { connectTemporal, type TemporalLink } from '../config/temporal/connection.js';
import { dataConverter } from '../config/temporal/dataConverter.js';
import type { TemporalSettings } from '../config/temporal/settings.js';
import { createBulkWork, createMigrationActivities, type ActivityDependencies } from './activities.js';
import type { ApplyRow } from '../rules/bulk/ports.js';
import { buildIdOf, builtBundle, requireBundle } from './bundle.js';
import { untilItWorks, type Patience } from './untilItWorks.js';
import { setCurrentVersion } from './versioning.js';
import {
  createBulkWorker,
  createMigrationWorker,
  type BulkWorkerOptions,
  type MigrationWorkerOptions,
} from './worker.js';

export interface StartWorkerDependencies extends Omit<
  ActivityDependencies,
  'heartbeats' | 'webhooksToPrivateNetworks' | 'bulk'
> {
  /** How rows of operations on many practices are said to migrations, over the worker's own link to Temporal. */
  applyRowOver: (link: TemporalLink) => ApplyRow;
  environment: Pick<Environment, 'production' | 'buildId' | 'codecKeysFile' | 'webhooksToPrivateNetworks' | 'bulk'>;
  temporal: TemporalSettings;
}

export interface RunningWorker {
  /** Resolves once its build is current, so that migrations run here. */
  serving: Promise<void>;
  /** Resolves when it has been stopped; rejects when it has failed. */
  ended: Promise<void>;
  /** Takes nothing new, finishes what is under way, and lets go of Temporal. */
  stop(): Promise<void>;
}

interface Made {
  workers: Worker[];
  connection: NativeConnection;
}

/**
 * Starts a worker. Temporal may be away: it is tried until it answers. `installRuntime` comes first.
 *
 * @throws BundleMissingError, CodecKeysError
 */
export function startWorker(deps: StartWorkerDependencies): RunningWorker {
  const { environment, temporal, logger } = deps;
  requireBundle(builtBundle);
  const buildId = buildIdOf({ production: environment.production, given: environment.buildId });
  const { namespace } = temporal;
  const converter = dataConverter(environment);
  const link = connectTemporal({ settings: temporal, dataConverter: converter, identity: 'leadtime-worker' });
  const activities = activitiesOver(deps, link);
  const stopping = new AbortController();
  const patience = { logger, signal: stopping.signal };

  const made = make({ namespace, dataConverter: converter, buildId }, activities, temporal, patience);
  const ended = run(made, stopping.signal);
  const serving = made
    .then(() => setCurrentVersion(link.connection, { namespace, buildId }, patience))
    .then(() => logger.info({ buildId }, 'the worker serves'));
  // A caller waits for one of them first; the other must not end the process meanwhile.
  for (const promise of [serving, ended]) promise.catch(() => undefined);
  const stop = async (): Promise<void> => {
    stopping.abort();
    await ended.finally(() => link.connection.close());
  };
  return { serving, ended, stop };
}

/** What each of the workers does. */
interface Work {
  migrations: MigrationWorkerOptions['activities'];
  bulk: BulkWorkerOptions['activities'];
}

const activitiesOver = (deps: StartWorkerDependencies, link: TemporalLink): Work => ({
  migrations: createMigrationActivities({
    ...deps,
    webhooksToPrivateNetworks: deps.environment.webhooksToPrivateNetworks,
    heartbeats: link.client.activity,
  }),
  bulk: createBulkWork({ ...deps, bulk: { applyRow: deps.applyRowOver(link), settings: deps.environment.bulk } }),
});

async function make(
  options: Omit<MigrationWorkerOptions, 'connection' | 'activities'>,
  { migrations, bulk }: Work,
  { connectionOptions }: TemporalSettings,
  patience: Patience,
): Promise<Made> {
  const connect = () => NativeConnection.connect(connectionOptions);
  const connection = await untilItWorks('connect to Temporal', connect, patience);
  const create = (): Promise<Worker[]> =>
    Promise.all([
      createMigrationWorker({ ...options, connection, activities: migrations }),
      createBulkWorker({ ...options, connection, activities: bulk }),
    ]);
  return { workers: await untilItWorks('start the worker', create, patience), connection };
}

async function run(made: Promise<Made>, stopping: AbortSignal): Promise<void> {
  try {
    await made;
  } catch (error) {
    if (stopping.aborted) return;
    throw error;
  }
  const { workers, connection } = await made;
  // One that fails ends the process, and with it the other.
  await Promise.all(workers.map((worker) => worker.runUntil(() => untilAborted(stopping))));
  await connection.close();
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
