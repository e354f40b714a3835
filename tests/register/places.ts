/** Empty databases for tests, of both kinds. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openRegister, type RegisterPlace } from '../../register/open.js';
import { startPostgres } from '../support/postgres.js';

export interface Places {
  /** A database that nobody has used before. */
  fresh: () => Promise<RegisterPlace>;
  stop: () => Promise<void>;
}

export async function tempFolder(): Promise<string> {
  return mkdtemp(path.join(tmpdir(), 'leadtime-register-'));
}

/** Making a PGlite database takes seconds, copying one does not. */
export async function pglitePlaces(): Promise<Places> {
  const root = await tempFolder();
  const template = path.join(root, 'template');
  const register = await openRegister({ pgliteFolder: template });
  await register.close();
  let made = 0;
  return {
    fresh: async () => {
      made += 1;
      const pgliteFolder = path.join(root, `register-${made}`);
      await cp(template, pgliteFolder, { recursive: true });
      return { pgliteFolder };
    },
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

export async function postgresPlaces(): Promise<Places> {
  const server = await startPostgres();
  let made = 0;
  return {
    fresh: async () => {
      made += 1;
      const database = `register_${made}`;
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      await client.query(`create database ${database}`);
      await client.end();
      return { databaseUrl: server.url.replace(/\/postgres$/, `/${database}`) };
    },
    stop: server.stop,
  };
}
