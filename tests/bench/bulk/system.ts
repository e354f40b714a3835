/** What an operation on many practices is measured on: a Temporal server, PostgreSQL, and a worker as production has it, without mail. */
import { createHash } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import pg from 'pg';
import { createApplyRow } from '../../../api/bulk/applyRow.js';
import { askBulk, type BulkDependencies } from '../../../api/bulk/ask.js';
import { createTemporalBulkRuns } from '../../../api/bulk/temporalRuns.js';
import { planOrder } from '../../../api/planning.js';
import { createTemporalMigrations } from '../../../api/temporalMigrations.js';
import type { BulkSettings } from '../../../config/bulkSettings.js';
import { createReplan } from '../../../config/replanning.js';
import { createSealing } from '../../../config/sealing.js';
import { connectTemporal, type TemporalLink } from '../../../config/temporal/connection.js';
import { openRegister } from '../../../register/open.js';
import type { Register } from '../../../register/types.js';
import { createBulkWork, createMigrationActivities } from '../../../workers/activities.js';
import { setCurrentVersion } from '../../../workers/versioning.js';
import { createBulkWorker, createMigrationWorker } from '../../../workers/worker.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { startDevServer } from '../../support/devServer.js';
import { startPostgres } from '../../support/postgres.js';

export interface BenchSystem {
  link: TemporalLink;
  register: Register;
  /** Rows of a query on the register's database. */
  query: (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>;
  /** Asks for an operation as the API does. */
  ask: (body: Parameters<typeof askBulk>[1]) => Promise<string>;
  stop: () => Promise<void>;
}

const BUILD = { namespace: 'default', buildId: 'bench' };
const logger = pino({ level: 'warn' }, process.stderr);

const report = (error: unknown): void => logger.warn({ err: error }, 'not answered');

/** @param bundlePath the workflows; those of `dist/` unless given */
export async function startBenchSystem(settings: BulkSettings, bundlePath?: string): Promise<BenchSystem> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [server, database] = await Promise.all([
    startDevServer({ searchAttributes: Object.values(searchAttributeKeys) }),
    startPostgres(),
  ]);
  const register = await openRegister({ databaseUrl: database.url });
  const pool = new pg.Pool({ connectionString: database.url, max: 2 });
  const temporal = { connectionOptions: { address: server.address }, namespace: 'default' };
  const link = connectTemporal({ settings: temporal, dataConverter: {}, identity: 'bench' });
  const native = await NativeConnection.connect({ address: server.address });
  const migrations = createTemporalMigrations({ ...link, report });
  const sealing = createSealing({});
  const applyRow = createApplyRow({ migrations, planOrder, replan: createReplan(), sealing, report });
  const work = createMigrationActivities({
    register,
    logger,
    heartbeats: link.client.activity,
    webhooksToPrivateNetworks: false,
    mailer: { send: async () => ({ outcome: 'sent' }) },
    webhookSecrets: { of: async () => [] },
  });
  const options = { ...BUILD, connection: native, dataConverter: {}, ...(bundlePath && { bundlePath }) };
  const workers = await Promise.all([
    createMigrationWorker({ ...options, activities: work }),
    createBulkWorker({ ...options, activities: createBulkWork({ register, bulk: { applyRow, settings } }) }),
  ]);
  const running = workers.map((worker) => worker.run());
  await setCurrentVersion(link.connection, BUILD, { logger, signal: AbortSignal.timeout(60_000) });
  const deps: BulkDependencies = {
    register,
    sealing,
    nowMs: Date.now,
    runs: createTemporalBulkRuns({ ...link, report }),
  };
  return {
    link,
    register,
    query: async (sql, values) => (await pool.query<Record<string, unknown>>(sql, values)).rows,
    ask: async (body) => (await askBulk(deps, body, undefined)).bulkId,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await link.connection.close();
      await native.close();
      await register.close();
      await pool.end();
      await server.stop();
      await database.stop();
    },
  };
}

/** `A00001` and so on: a code for each of so many practices. */
export const practiceCodes = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(5, '0')}`);

/** Short enough to be an update's id, and another for each round and practice. */
export const updateIdOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 20);
