import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Connection } from '@temporalio/client';
import { canConnect, eventually } from './poll.js';
import { keepRetention, keepSearchAttributes } from './prepareTemporal.js';
import type { Service } from './service.js';
import type { UpSettings } from './settings.js';

const HERE = '127.0.0.1';
const NAMESPACE = 'default';
const CONNECT_TIMEOUT_MS = 2_000;
/** A worker may take 15 seconds to finish what it is sending. */
const APP_STOP_MS = 25_000;
const SERVER_STOP_MS = 10_000;

const main = fileURLToPath(new URL('../main.js', import.meta.url));
const logOf = ({ dataDir }: UpSettings, name: string): string => path.join(dataDir, 'logs', `${name}.log`);

/** Where the folders and files of the data folder are. */
export const mailFolderOf = ({ dataDir }: UpSettings): string => path.join(dataDir, 'mail');

const without = (env: NodeJS.ProcessEnv, prefix: string): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith(prefix)));

/** Temporal's dev server on a SQLite file, with its UI. @param executable the `temporal` command */
export function temporalService(settings: UpSettings, executable: string): Service {
  const { ports, dataDir } = settings;
  const address = `${HERE}:${ports.temporal}`;
  const listen = ['--ip', HERE, '--port', String(ports.temporal), '--ui-port', String(ports.temporalUi)];
  const keep = ['--db-filename', path.join(dataDir, 'temporal.sqlite'), '--log-level', 'error'];
  // Else a timer may fire up to a second late. The value is JSON, so a duration needs its quotes.
  const timers = ['--dynamic-config-value', 'history.timerProcessorMaxTimeShift="10ms"'];
  return {
    name: 'temporal',
    command: executable,
    args: ['server', 'start-dev', ...listen, ...keep, ...timers],
    env: without(process.env, 'TEMPORAL_'),
    logFile: logOf(settings, 'temporal'),
    stopWithinMs: SERVER_STOP_MS,
    untilServing: (_child, signal) => eventually(() => prepare(address), signal),
  };
}

/** What has to be so before the first migration starts. Fails until the server serves and knows it all. */
async function prepare(address: string): Promise<void> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    await keepRetention(connection, NAMESPACE);
    await keepSearchAttributes(connection, NAMESPACE);
  } finally {
    await connection.close();
  }
}

/** Takes every mail and passes none on. It keeps them in files, or a kill would empty the mailbox. */
export function mailService(settings: UpSettings): Service {
  const { ports } = settings;
  const maildev = fileURLToPath(new URL('./bin/maildev.js', import.meta.resolve('maildev')));
  const listen = ['--ip', HERE, '--smtp', String(ports.mail), '--web-ip', HERE, '--web', String(ports.mailPage)];
  return {
    name: 'mail',
    command: process.execPath,
    args: [maildev, ...listen, '--mail-directory', mailFolderOf(settings)],
    env: without(process.env, 'MAILDEV_'),
    logFile: logOf(settings, 'mail'),
    stopWithinMs: SERVER_STOP_MS,
    untilServing: async (_child, signal) => {
      for (const port of [ports.mail, ports.mailPage]) await eventually(() => canConnect(HERE, port), signal);
    },
  };
}

/** Worker, API and the embedded register. All of its mail goes to the catcher. */
export function appService(settings: UpSettings): Service {
  return {
    name: 'app',
    command: process.execPath,
    args: [main, 'app', '--data', settings.dataDir],
    env: { ...temporalEnv(settings), ...appEnv(settings) },
    tells: true,
    stopWithinMs: APP_STOP_MS,
    untilServing: firstMessage,
  };
}

async function firstMessage(child: ChildProcess, signal: AbortSignal): Promise<void> {
  await once(child, 'message', { signal });
}

/** Our own server is on this machine and open: what a profile file says of another must not mix in. */
function temporalEnv({ temporalAddress, ports, dataDir }: UpSettings): NodeJS.ProcessEnv {
  if (temporalAddress !== undefined) return process.env;
  return {
    ...without(process.env, 'TEMPORAL_'),
    TEMPORAL_ADDRESS: `${HERE}:${ports.temporal}`,
    TEMPORAL_NAMESPACE: NAMESPACE,
    TEMPORAL_CONFIG_FILE: path.join(dataDir, 'no-temporal-profile.toml'),
  };
}

function appEnv({ ports, apiHost, dataDir, temporalAddress }: UpSettings): NodeJS.ProcessEnv {
  const catcher = `smtp://${HERE}:${ports.mail}`;
  return {
    LEADTIME_API_HOST: apiHost,
    LEADTIME_API_PORT: String(ports.api),
    LEADTIME_DATA_DIR: dataDir,
    LEADTIME_SMTP_URL: catcher,
    LEADTIME_CATCHER_SMTP_URL: catcher,
    ...(temporalAddress === undefined && { LEADTIME_TEMPORAL_UI_URL: `http://${HERE}:${ports.temporalUi}` }),
    // A mail server that is set for other uses must not get in, nor in the way.
    LEADTIME_SMTP_URL_FILE: undefined,
    LEADTIME_CATCHER_SMTP_URL_FILE: undefined,
  };
}
