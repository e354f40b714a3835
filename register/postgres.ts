import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { advisoryLocks } from './advisoryLocks.js';
import { type Connection, migrationsFolder } from './connection.js';

/** Waiting for a connection that others are using counts as well, so this is all the patience that a migration's write has, nearly. */
const CONNECT_MS = 7_000;
const STATEMENT_MS = 10_000;
/** For a network that swallows the answer: the server's own limit comes first. */
const ANSWER_MS = 12_000;

/** A pool of connections to PostgreSQL; nothing is connected yet. */
export function connectPostgres(databaseUrl: string): Connection {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'leadtime',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
  });
  outliveBrokenConnections(pool);
  let migrated: Promise<void> | undefined;
  return {
    db: drizzle(pool),
    inTransaction: (work) => onOneConnection(pool, (client) => drizzle(client).transaction(work)),
    ready: () => {
      migrated ??= onOneConnection(pool, applyMigrations).catch((error: unknown) => {
        // The database was away: the next use tries again.
        migrated = undefined;
        throw error;
      });
      return migrated;
    },
    close: () => pool.end(),
  };
}

/**
 * An `error` event that nobody hears ends the process. Whoever is using the connection gets a rejected query as well, and
 * the pool replaces it, so there is nothing to do here.
 */
function outliveBrokenConnections(pool: pg.Pool): void {
  const heard = () => undefined;
  pool.on('error', heard);
  pool.on('connect', (client) => client.on('error', heard));
}

/**
 * The query builder's own transactions on a pool never give back a connection that breaks on `begin` or `rollback`: a few
 * outages, and none is left. So the connection is ours, and after any failure it is closed rather than used again.
 */
async function onOneConnection<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** Workers and API servers start at the same time: the first one migrates, the others wait for it. */
async function applyMigrations(client: pg.PoolClient): Promise<void> {
  // Closing the connection after a failure gives the lock back as well.
  await client.query('select pg_advisory_lock($1)', [advisoryLocks.migrate]);
  await migrate(drizzle(client), { migrationsFolder });
  await client.query('select pg_advisory_unlock($1)', [advisoryLocks.migrate]);
}
