import { Connection } from '@temporalio/client';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { obtainTemporalServer } from '../../cli/up/temporalServer.js';
import { type ChildServer, startChild } from './childServer.js';
import { freePort } from './freePort.js';
import { hasSearchAttributes, type SearchAttributeToRegister } from './searchAttributes.js';

const NAMESPACE = 'default';
const PATIENCE_MS = 60_000;
const POLL_EVERY_MS = 100;

export type DevServerOptions = {
  searchAttributes?: readonly SearchAttributeToRegister[];
  /** Give the file and the port of an earlier server to go on where it ended. */
  dbFilename?: string;
  port?: number;
  /** The server's own settings, as `limit.historyCount.suggestContinueAsNew=100`. */
  dynamicConfig?: readonly string[];
};

export type DevServer = {
  /** `host:port` of the gRPC frontend. */
  address: string;
  namespace: string;
  port: number;
  dbFilename: string;
  pid: number;
  /** Ends the server, and removes the file where this server made it. */
  stop: () => Promise<void>;
  /** Ends the server as `kill -9` does, and keeps the file. */
  kill: () => Promise<void>;
};

/** Starts a real Temporal server on free ports with a SQLite file, and waits until it serves. */
export async function startDevServer(options: DevServerOptions = {}): Promise<DevServer> {
  const { searchAttributes = [], dynamicConfig = [] } = options;
  const folder =
    options.dbFilename === undefined ? await mkdtemp(path.join(tmpdir(), 'leadtime-temporal-')) : undefined;
  const dbFilename = options.dbFilename ?? path.join(folder ?? tmpdir(), 'temporal.sqlite');
  const port = options.port ?? (await freePort());
  const address = `127.0.0.1:${port}`;
  const settings = dynamicConfig.flatMap((setting) => ['--dynamic-config-value', setting]);
  const serverArgs = [...serverArguments(port, dbFilename, searchAttributes), ...settings];
  const server = await startChild(await executable(), serverArgs);
  await untilServing(server, address, searchAttributes);
  return {
    address,
    namespace: NAMESPACE,
    port,
    dbFilename,
    pid: server.pid,
    stop: async () => {
      await server.end('SIGTERM');
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
    kill: () => server.end('SIGKILL'),
  };
}

async function executable(): Promise<string> {
  const given = process.env['LEADTIME_TEMPORAL'];
  return given ?? (await obtainTemporalServer((line) => console.error(line))).path;
}

function serverArguments(port: number, dbFilename: string, keys: readonly SearchAttributeToRegister[]): string[] {
  return [
    'server',
    'start-dev',
    '--headless',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--db-filename',
    dbFilename,
    '--log-level',
    'error',
    // Else a timer may fire up to a second late. The value is JSON, so a duration needs its quotes.
    '--dynamic-config-value',
    'history.timerProcessorMaxTimeShift="10ms"',
    ...keys.flatMap(({ name, type }) => ['--search-attribute', `${name}=${camelCase(type)}`]),
  ];
}

/** `KEYWORD_LIST` as the command line writes it: `KeywordList`. */
function camelCase(type: string): string {
  const words = type.toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

async function untilServing(
  server: ChildServer,
  address: string,
  keys: readonly SearchAttributeToRegister[],
): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await isServing(address, keys))) {
    if (server.hasEnded() || Date.now() > giveUpAtMs) {
      await server.end('SIGKILL');
      throw new Error(`The Temporal dev server did not start:\n${server.printed()}`);
    }
    await pause(POLL_EVERY_MS);
  }
}

async function isServing(address: string, keys: readonly SearchAttributeToRegister[]): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: 1_000 });
    return await hasSearchAttributes(connection, NAMESPACE, keys);
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}
