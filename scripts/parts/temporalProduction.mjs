import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isExecutable, mustRun, onPath } from '../lib/run.mjs';

const MODULE = 'go.temporal.io/server';
const VERSION = 'v1.29.1';
/** Package in the module → name of the executable. */
const COMMANDS = { 'cmd/server': 'server', 'cmd/tools/sql': 'sql' };

/**
 * The Temporal server that keeps its data in PostgreSQL, with its schema tool and schema: from the cache, else built with
 * Go from the module proxy (some minutes on two cores, once). Answers with `LEADTIME_TEMPORAL_PRODUCTION`, the folder that
 * holds `server`, `sql` and `schema/`.
 */
export async function obtainTemporalProduction() {
  const { cacheFolder } = await import('../../dist/cli/up/cache.js');
  const folder = path.join(cacheFolder(), `temporal-server-${VERSION.slice(1)}`);
  if (!isComplete(folder)) await buildInto(folder);
  console.error(`Temporal server on PostgreSQL: ${folder}`);
  return { LEADTIME_TEMPORAL_PRODUCTION: folder };
}

/** The folder appears whole or not at all, so one executable stands for everything in it. */
function isComplete(folder) {
  return Object.values(COMMANDS).every((name) => isExecutable(path.join(folder, name)));
}

async function buildInto(folder) {
  if (onPath('go') === undefined) {
    throw new Error(`The Temporal server ${VERSION} on PostgreSQL is built with Go 1.24 or newer: https://go.dev/dl/`);
  }
  console.error(`Building the Temporal server ${VERSION} on PostgreSQL with Go: some minutes, once …`);
  await mkdir(path.dirname(folder), { recursive: true });
  const fresh = await mkdtemp(`${folder}.build-`);
  try {
    await installCommands(fresh);
    await copySchema(fresh);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** `-v` names each package as it is compiled: the progress. */
async function installCommands(folder) {
  const packages = Object.keys(COMMANDS).map((name) => `${MODULE}/${name}@${VERSION}`);
  const env = { ...process.env, GOBIN: folder };
  await mustRun('nice', ['go', 'install', '-v', '-ldflags', '-s -w', ...packages], { env });
}

/** The schema comes from the same module, so it cannot be another version's. */
async function copySchema(folder) {
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', `${MODULE}@${VERSION}`]);
  const from = path.join(JSON.parse(stdout).Dir, 'schema/postgresql/v12');
  await cp(from, path.join(folder, 'schema'), { recursive: true });
  // Go keeps its modules read-only; a cache that nobody can delete is a nuisance.
  await mustRun('chmod', ['-R', 'u+w', folder]);
}
