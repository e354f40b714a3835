import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { isExecutable, onPath } from '../lib/run.mjs';
import { installPackages } from '../lib/system.mjs';

const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** The folder of `initdb` and `postgres` that the register's tests start a private cluster with. */
export async function obtainPostgres() {
  let bin = binFolder();
  if (bin === undefined) {
    await installPackages('PostgreSQL is missing', ['postgresql']);
    bin = binFolder();
  }
  if (bin === undefined) throw new Error('PostgreSQL was installed, but its initdb was not found.');
  console.error(`PostgreSQL: ${bin}`);
  return { LEADTIME_POSTGRES_BIN: bin };
}

/** Debian keeps the servers of several versions side by side and off the PATH; the newest is taken. */
function binFolder() {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(DEBIAN_FOLDER, version, 'bin'));
  const initdb = onPath('initdb');
  const folders = initdb === undefined ? newestFirst : [path.dirname(initdb), ...newestFirst];
  return folders.find(
    (folder) => isExecutable(path.join(folder, 'initdb')) && isExecutable(path.join(folder, 'postgres')),
  );
}
