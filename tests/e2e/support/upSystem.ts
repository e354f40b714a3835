import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { leadtime, type Finished } from '../../cli/builtCli.js';
import { startChild, type ChildServer } from '../../support/childServer.js';
import { freePort } from '../../support/freePort.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
const READY = { timeout: 300_000, interval: 100 };

export type PartName = 'app' | 'mail' | 'temporal' | 'up';

/** `leadtime up` on ports and in a folder of its own. */
export interface UpSystem {
  process: ChildServer;
  api: string;
  /** The pid that the run folder names; it need not run any more. */
  pidOf: (name: PartName) => number;
  /** Resolves once /readyz says yes. */
  ready: () => Promise<void>;
  /** The built command, as a user of this system. */
  leadtime: (...args: string[]) => Promise<Finished>;
}

export interface UpPlace {
  dataDir: string;
  /** `--port 20001 --temporal-port 20002 …` */
  ports: string[];
  apiPort: number;
}

/** Ports that nothing listens on now, for a system in that folder. */
export async function upPlace(dataDir: string): Promise<UpPlace> {
  const options = ['--temporal-port', '--temporal-ui-port', '--mail-port', '--mail-page-port'];
  const apiPort = await freePort();
  const ports = ['--port', String(apiPort)];
  for (const option of options) ports.push(option, String(await freePort()));
  return { dataDir, ports, apiPort };
}

/** Starts it, and waits until it says that it is ready. */
export async function startUp({ dataDir, ports, apiPort }: UpPlace): Promise<UpSystem> {
  // The app's own news would push out of sight what `up` says.
  const env = { ...process.env, LEADTIME_LOG_LEVEL: 'warn' };
  const child = await startChild(process.execPath, [main, 'up', '--data', dataDir, ...ports], { env });
  try {
    await vi.waitFor(() => expect(child.hasEnded() || child.printed().includes('Ready.')).toBe(true), READY);
  } catch (error) {
    await child.end('SIGTERM');
    throw error;
  }
  if (child.hasEnded()) throw new Error(`leadtime up did not start:\n${child.printed()}`);
  return systemOf(child, dataDir, `http://127.0.0.1:${apiPort}`);
}

function systemOf(child: ChildServer, dataDir: string, api: string): UpSystem {
  return {
    process: child,
    api,
    pidOf: (name) => Number(readFileSync(path.join(dataDir, 'run', `${name}.pid`), 'utf8')),
    ready: () => vi.waitFor(async () => expect(await statusOf(`${api}/readyz`)).toBe(200), READY),
    leadtime: (...args) => leadtime(args, { env: { LEADTIME_DATA_DIR: dataDir } }),
  };
}

/** The status of the answer; 0 where nobody answers. */
async function statusOf(url: string): Promise<number> {
  try {
    return (await fetch(url)).status;
  } catch {
    return 0;
  }
}

/** Whether a process with that pid is there. A dead one that nobody has collected counts as gone. */
export function isRunning(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
