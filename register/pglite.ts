import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { type Connection, migrationsFolder } from './connection.js';
import { RegisterLockedError } from './errors.js';
import { lockFolder } from './folderLock.js';

/**
 * Opens the embedded database in a folder, making it where there is none, and keeps every other process out of it.
 * @throws RegisterLockedError
 */
export async function openPglite(folder: string): Promise<Connection> {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder);
  try {
    const client = await openDatabase(folder);
    const db = drizzle(client);
    return {
      db,
      inTransaction: (work) => db.transaction(work),
      ready: async () => {
        if (lock.isLost()) throw new RegisterLockedError(folder);
      },
      close: async () => {
        await client.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openDatabase(folder: string): Promise<PGlite> {
  const data = path.join(folder, 'pgdata');
  if (!existsSync(data)) await makeDatabase(data);
  const client = await PGlite.create(data);
  try {
    await migrate(drizzle(client), { migrationsFolder });
    // Nothing vacuums an embedded database, which would go on planning as if its tables were empty.
    await client.exec('analyze');
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** Making the first database takes seconds; one that was killed half way would never open again, so it gets its name last. */
async function makeDatabase(data: string): Promise<void> {
  const unfinished = `${data}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const client = await PGlite.create(unfinished);
  await client.close();
  await rename(unfinished, data);
}
