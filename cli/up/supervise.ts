import { setTimeout as pause } from 'node:timers/promises';
import { removePidFile, writePidFile } from './pidFiles.js';
import { lastLinesOf, startService, type RunningService, type Service } from './service.js';

/** A process that ran this long did well: the next failure counts as the first. */
const STEADY_MS = 20_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;
/** What has never served and fails this often will not serve by being started again. */
const TRIES_BEFORE_SERVING = 3;
/** With this exit code a command of ours says that its settings or its input are wrong. */
const WRONG_USE_EXIT = 'exit code 2';

export interface Supervision {
  runDir: string;
  /** Told what a person should know. */
  say: (line: string) => void;
}

export interface Supervised {
  /** Resolves once it serves for the first time; rejects when it never came to that. */
  serving: Promise<void>;
  /** Ends the process: asks, and insists when that takes too long. */
  stop: () => Promise<void>;
}

/** Keeps a service running: whenever it ends, it is started again, after a pause that grows with failures in a row. */
export function supervise(service: Service, { runDir, say }: Supervision): Supervised {
  const stopping = new AbortController();
  const life = new ServiceLife(service, runDir, say, stopping.signal);
  const loop = life.live();
  const serving = Promise.race([life.serving, loop]);
  // Both may fail when nobody waits for them any more.
  for (const promise of [loop, serving]) promise.catch(() => undefined);
  return {
    serving,
    stop: async () => {
      stopping.abort();
      await life.end();
      await loop.catch(() => undefined);
    },
  };
}

class ServiceLife {
  private running: RunningService | undefined;
  private hasServed = false;
  private tellServing: () => void = () => undefined;
  readonly serving = new Promise<void>((resolve) => {
    this.tellServing = resolve;
  });

  constructor(
    private readonly service: Service,
    private readonly runDir: string,
    private readonly say: (line: string) => void,
    private readonly stopping: AbortSignal,
  ) {}

  async live(): Promise<void> {
    let failures = 0;
    while (!this.isStopping()) {
      const startedAtMs = Date.now();
      const how = await this.once();
      if (this.isStopping()) return;
      failures = Date.now() - startedAtMs > STEADY_MS ? 1 : failures + 1;
      this.giveUpIfHopeless(how, failures);
      await this.pauseBeforeNext(how, failures);
    }
  }

  private isStopping(): boolean {
    return this.stopping.aborted;
  }

  /** Runs the process once. @returns how it ended */
  private async once(): Promise<string> {
    const running = startService(this.service);
    this.running = running;
    const { name } = this.service;
    if (running.pid !== undefined) {
      writePidFile(this.runDir, name, running.pid);
      this.say(`${name}: pid ${running.pid}`);
    }
    const over = new AbortController();
    void this.service.untilServing(running.child, over.signal).then(
      () => this.served(),
      // It ended first, and that is told below.
      () => undefined,
    );
    const how = await running.ended;
    over.abort();
    removePidFile(this.runDir, name);
    return running.pid === undefined ? how : `${how}, pid ${running.pid}`;
  }

  private served(): void {
    if (this.hasServed) this.say(`${this.service.name} serves again`);
    this.hasServed = true;
    this.tellServing();
  }

  private giveUpIfHopeless(how: string, failures: number): void {
    if (this.hasServed || (failures < TRIES_BEFORE_SERVING && !how.startsWith(WRONG_USE_EXIT))) return;
    const { name, logFile } = this.service;
    const end = logFile === undefined ? '' : ` The end of ${logFile}:\n${lastLinesOf(this.service)}`;
    throw new Error(`${name} does not start (${how}).${end}`);
  }

  private async pauseBeforeNext(how: string, failures: number): Promise<void> {
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
    this.say(`${this.service.name} has ended (${how}); starting it again in ${pauseMs / 1_000} s`);
    await pause(pauseMs, undefined, { signal: this.stopping }).catch(() => undefined);
  }

  async end(): Promise<void> {
    if (this.running === undefined) return;
    const { child, ended } = this.running;
    const insist = setTimeout(() => child.kill('SIGKILL'), this.service.stopWithinMs);
    child.kill('SIGTERM');
    await ended;
    clearTimeout(insist);
  }
}
