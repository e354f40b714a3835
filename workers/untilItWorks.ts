import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '../config/logger.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** At a start things come up one after another, so the first few failures (three seconds) are no news. */
const NO_NEWS_TRIES = 4;

export interface Patience {
  logger: Logger;
  /** Ends the trying; the promise then rejects. */
  signal: AbortSignal;
}

/**
 * Tries for as long as it takes, more and more seldom, up to every five seconds.
 *
 * @param what for the log, as in "connect to Temporal"
 */
export async function untilItWorks<Result>(
  what: string,
  attempt: () => Promise<Result>,
  { logger, signal }: Patience,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const level = tries > NO_NEWS_TRIES ? 'warn' : 'debug';
      logger[level]({ err: error, tries }, `could not ${what} yet, and will try again`);
    }
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 10)), undefined, { signal });
  }
}
