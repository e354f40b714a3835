import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { mustRun } from '../lib/run.mjs';
import { eventually } from './wait.mjs';

const PATIENCE_MS = 60_000;

/**
 * PostgreSQL with its files under the data folder, on 127.0.0.1 and with passwords; then the roles and databases of
 * Temporal and of the register.
 *
 * @param bin folder of `initdb`, `postgres` and `psql`
 */
export async function startPostgres({ children, bin: given, dataDir, secrets, port }) {
  const bin = programFolder(given);
  const user = serverUser();
  const folder = path.join(dataDir, 'postgres');
  const cluster = path.join(folder, 'cluster');
  await mkdir(folder, { recursive: true });
  await giveTo(user, folder);
  const passwordFile = path.join(secrets, 'postgres_password');
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await initialise({ bin, user, folder, cluster, passwordFile });

  const args = ['-D', cluster, '-h', '127.0.0.1', '-p', String(port), '-k', folder];
  // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients that are still connected.
  const options = { ...user, cwd: folder, stopSignal: 'SIGINT' };
  await children.start('postgres', path.join(bin, 'postgres'), args, options);
  const ready = ['-q', '-h', '127.0.0.1', '-p', String(port), '-d', 'postgres', '-U', 'postgres'];
  await eventually('PostgreSQL serves', PATIENCE_MS, () =>
    execFileSync(path.join(bin, 'pg_isready'), ready, { stdio: 'ignore' }),
  );
  await makeDatabases({ bin, port, secrets, password: (await readFile(passwordFile, 'utf8')).trim() });
}

async function initialise({ bin, user, folder, cluster, passwordFile }) {
  const copy = path.join(folder, 'password');
  await writeFile(copy, await readFile(passwordFile), { mode: 0o600 });
  await giveTo(user, copy);
  try {
    const args = ['-D', cluster, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${copy}`, '--encoding=UTF8'];
    const options = { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] };
    execFileSync(path.join(bin, 'initdb'), [...args, '--locale=C.UTF-8', '--data-checksums'], options);
  } finally {
    await rm(copy, { force: true });
  }
}

/** The same script as in the containers. */
async function makeDatabases({ bin, port, secrets, password }) {
  await mustRun('sh', [path.join(root, 'deploy/postgres/databases.sh')], {
    env: {
      ...process.env,
      PATH: `${bin}${path.delimiter}${process.env.PATH}`,
      SECRETS: secrets,
      PGHOST: '127.0.0.1',
      PGPORT: String(port),
      PGPASSWORD: password,
    },
  });
}

/** Where the programs really are: what is on the PATH may be a link to `initdb` and `postgres` without the others beside it. */
function programFolder(bin) {
  return path.dirname(realpathSync(path.join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
function serverUser() {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

async function giveTo({ uid, gid }, file) {
  if (uid !== undefined) await chown(file, uid, gid);
  await chmod(file, file.endsWith('password') ? 0o600 : 0o700);
}
