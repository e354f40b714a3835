import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Finished, leadtime } from '../../cli/builtCli.js';
import { type ChildServer, startChild } from '../../support/childServer.js';
import { freePort } from '../../support/freePort.js';

const top = fileURLToPath(new URL('../../..', import.meta.url));
const PATIENCE_MS = 240_000;
const POLL_EVERY_MS = 200;
const TEMPORAL_PORTS = 8;
const READY = 'Production is up.';

const addressesSchema = z.object({
  api: z.url(),
  mail: z.url(),
  temporal: z.string(),
  namespace: z.string(),
  /** Folder of the secret files. */
  secrets: z.string(),
});

export type ProductionStack = z.infer<typeof addressesSchema> & {
  dataDir: string;
  postgresPort: number;
  /** The built `leadtime` command, as an operator of this stack. */
  leadtime: (...args: string[]) => Promise<Finished>;
  /** `leadtime register rebuild`, with this stack's own settings. */
  rebuild: () => Promise<Finished>;
  /** As Ctrl-C or a service manager does it; resolves with what the script printed. */
  stop: () => Promise<string>;
  /** Kills the script as `kill -9` does, so that its servers are left behind. */
  kill: () => Promise<void>;
  /** Starts the same stack again, on the same data and ports; resolves with what the script printed. */
  start: () => Promise<string>;
  /** Stops it if it still runs, and removes its data. */
  remove: () => Promise<void>;
};

/** Starts the production stack with `npm run production`'s own script, in a temporary folder and on free ports. */
export async function startProduction(): Promise<ProductionStack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadtime-production-'));
  // PostgreSQL's own user has to get at its folder in there.
  await chmod(dataDir, 0o755);
  const ports = await choosePorts();
  let script: ChildServer | undefined;
  const start = async () => {
    script = await startScript(dataDir, ports);
    await untilReady(script);
    return script.printed();
  };
  const stop = async () => {
    await script?.end('SIGTERM');
    return script?.printed() ?? '';
  };
  const kill = async () => {
    await script?.end('SIGKILL');
  };
  const remove = async () => {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  const written = await readFile(path.join(dataDir, 'run/production.json'), 'utf8');
  const addresses = addressesSchema.parse(JSON.parse(written));
  const command = (...words: string[]) => leadtime(words, { env: { LEADTIME_DATA_DIR: dataDir } });
  return {
    ...addresses,
    dataDir,
    postgresPort: ports['--postgres-port'],
    leadtime: command,
    rebuild: () => leadtime(['register', 'rebuild'], { env: rebuildEnvironment(dataDir, addresses) }),
    stop,
    kill,
    start,
    remove,
  };
}

const rebuildEnvironment = (dataDir: string, { temporal, namespace, secrets }: z.infer<typeof addressesSchema>) => ({
  NODE_ENV: 'production',
  LEADTIME_DATA_DIR: dataDir,
  TEMPORAL_ADDRESS: temporal,
  TEMPORAL_NAMESPACE: namespace,
  DATABASE_URL_FILE: path.join(secrets, 'database_url'),
  LEADTIME_CODEC_KEYS_FILE: path.join(secrets, 'codec_keys.json'),
  LEADTIME_LINK_KEYS_FILE: path.join(secrets, 'link_keys.json'),
  LEADTIME_OPERATOR_TOKEN_FILE: path.join(secrets, 'operator_token'),
  LEADTIME_WEBHOOK_SECRETS_FILE: path.join(secrets, 'webhook_secrets.json'),
  LEADTIME_PUBLIC_URL: 'http://127.0.0.1:1',
  LEADTIME_SMTP_URL: 'smtp://127.0.0.1:1',
});

const choosePorts = async () => ({
  '--postgres-port': await freePort(),
  '--temporal-port': await firstOfFreePorts(TEMPORAL_PORTS),
  '--api-port': await freePort(),
  '--smtp-port': await freePort(),
  '--mail-port': await freePort(),
});

function startScript(dataDir: string, ports: Record<string, number>): Promise<ChildServer> {
  const args = Object.entries(ports).flatMap(([option, port]) => [option, String(port)]);
  const script = path.join(top, 'scripts/production/up.mjs');
  return startChild(process.execPath, [script, '--data-dir', dataDir, ...args], { cwd: top });
}

async function untilReady(script: ChildServer): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!script.printed().includes(READY)) {
    if (script.hasEnded() || Date.now() > giveUpAtMs) {
      await script.end('SIGTERM');
      throw new Error(`The production stack did not start:\n${script.printed()}`);
    }
    await pause(POLL_EVERY_MS);
  }
}

/** The first of so many ports in a row that nothing listens on. */
async function firstOfFreePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 1_000) * count;
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return first;
  }
  throw new Error(`No ${count} free ports in a row were found.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
