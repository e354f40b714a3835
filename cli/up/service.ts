import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

const LAST_LINES = 10;

/** A process that `up` starts and starts again. */
export interface Service {
  name: 'temporal' | 'mail' | 'app';
  command: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  /** Where its output goes; the terminal unless given. */
  logFile?: string;
  /** It is one of ours and sends a message when it serves. */
  tells?: boolean;
  /** How long it may take to end by itself when asked to. */
  stopWithinMs: number;
  /** Resolves once it serves. @param signal aborted when the process has ended */
  untilServing: (child: ChildProcess, signal: AbortSignal) => Promise<void>;
}

/** How its command line reads for the system. */
export const commandLineOfService = ({ command, args }: Service): string => [command, ...args].join(' ');

export interface RunningService {
  child: ChildProcess;
  pid: number | undefined;
  /** How it ended, for a person: `signal SIGKILL`, `exit code 1`. Never rejects. */
  ended: Promise<string>;
}

/**
 * Starts the process in a group of its own: Ctrl-C reaches `up` alone, which then stops the services one after another. Its
 * output never goes through us, so that it outlives our death.
 */
export function startService({ command, args, env, logFile, tells = false }: Service): RunningService {
  const log = logFile === undefined ? undefined : openSync(logFile, 'a', 0o600);
  const [out, error] = log === undefined ? ([2, 2] as const) : [log, log];
  const child = spawn(command, args, {
    env,
    detached: true,
    stdio: ['ignore', out, error, ...(tells ? (['ipc'] as const) : [])],
  });
  if (log !== undefined) closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (failure) => resolve(failure.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
  return { child, pid: child.pid, ended };
}

/** The end of what a service has printed; empty where it prints to the terminal. */
export function lastLinesOf({ logFile }: Service): string {
  if (logFile === undefined) return '';
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
}
