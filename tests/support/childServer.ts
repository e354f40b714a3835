import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';

const LAST_LINES = 40;

export type ChildServer = {
  pid: number;
  /** The last lines of what it printed: for the message of a failed start. */
  printed: () => string;
  hasEnded: () => boolean;
  /** Null while it runs, and after a signal ended it. */
  exitCode: () => number | null;
  /** Calls back with all that was printed so far, each time there is more. */
  onOutput: (listener: () => void) => void;
  /** Sends the signal and waits until the process is gone. Harmless when it has gone already. */
  end: (signal: NodeJS.Signals) => Promise<void>;
};

/** Starts a server as a child that never outlives this process. */
export async function startChild(command: string, args: string[], options: SpawnOptions = {}): Promise<ChildServer> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const pid = await pidOf(child, command);
  const killAtExit = () => void child.kill('SIGKILL');
  process.once('exit', killAtExit);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  void ended.then(() => process.off('exit', killAtExit));

  let printed = '';
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const onOutput = (listener: (chunk: Buffer) => void) => {
    child.stdout.on('data', listener);
    child.stderr.on('data', listener);
  };
  onOutput((chunk) => {
    printed = (printed + chunk.toString()).split('\n').slice(-LAST_LINES).join('\n');
  });
  return {
    pid,
    printed: () => printed,
    hasEnded,
    exitCode: () => child.exitCode,
    onOutput: (listener) => onOutput(() => listener()),
    end: async (signal) => {
      if (!hasEnded()) child.kill(signal);
      await ended;
    },
  };
}

function pidOf(child: ChildProcess, command: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error(`${command} has no process id`));
      else resolve(child.pid);
    });
  });
}
