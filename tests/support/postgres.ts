import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ChildServer, startChild } from './childServer.js';
import { freePort } from './freePort.js';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const PATIENCE_MS = 30_000;
/** A cluster that is thrown away need not survive a power cut. */
const THROW_AWAY = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

export type TestPostgres = {
  /** For `pg`: user `postgres`, database `postgres`, no password. */
  url: string;
  /** Ends the server and removes its files. */
  stop: () => Promise<void>;
};

type User = { uid?: number; gid?: number };

/**
 * Starts a private PostgreSQL cluster in a temporary folder, reachable on 127.0.0.1 alone.
 *
 * @throws when PostgreSQL is not installed: `npm test` installs it, or says how.
 */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = binFolder();
  const user = serverUser();
  const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const initArgs = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(path.join(bin, 'initdb'), initArgs, { ...user, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

  const port = await freePort();
  const listen = ['-h', '127.0.0.1', '-p', String(port), '-k', folder];
  const server = await startChild(path.join(bin, 'postgres'), ['-D', data, ...listen, ...THROW_AWAY], {
    ...user,
    cwd: folder,
  });
  await untilReady(server);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      // SIGINT is PostgreSQL's fast shutdown: it does not wait for clients that are still connected.
      await server.end('SIGINT');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function binFolder(): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const [newest] = versions.sort((a, b) => Number(b) - Number(a));
  const bin = process.env['LEADTIME_POSTGRES_BIN'] ?? path.join(DEBIAN_FOLDER, newest ?? '', 'bin');
  if (existsSync(path.join(bin, 'initdb'))) return bin;
  throw new Error('PostgreSQL is missing. On Debian or Ubuntu: sudo apt-get install -y postgresql');
}

/** PostgreSQL refuses to run as root; its package brings a user of its own. */
function serverUser(): User {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function untilReady(server: ChildServer): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`PostgreSQL did not start:\n${server.printed()}`));
    const alarm = setTimeout(fail, PATIENCE_MS);
    server.onOutput(() => {
      if (!server.printed().includes('ready to accept connections')) return;
      clearTimeout(alarm);
      resolve();
    });
  });
}
