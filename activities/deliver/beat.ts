import type { DeliverProgress } from './progress.js';

/** Resolves once the server has the progress. */
export type Heartbeat = (progress: DeliverProgress) => Promise<void>;

export interface Beat {
  /** Resolves once the server has this progress. @throws when it cannot be told */
  acknowledge: (progress: DeliverProgress) => Promise<void>;
  /** Repeats the last progress while something slow runs, so that the server does not take us for dead. */
  during: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Heartbeats, one at a time, so that an older progress can never overtake a newer one.
 *
 * @param everyMs well below the heartbeat timeout, so that one lost beat does no harm
 */
export function createBeat(heartbeat: Heartbeat, start: DeliverProgress, everyMs = 1_000): Beat {
  let latest = start;
  let underWay: Promise<void> | undefined;

  const beat = async (): Promise<void> => {
    const sending = heartbeat(latest);
    // Its failure belongs to whoever awaits it; the queue behind it goes on all the same.
    underWay = sending.catch(() => undefined);
    try {
      await sending;
    } finally {
      underWay = undefined;
    }
  };
  const repeat = (): void => {
    // A repeated beat that fails proves nothing: the next acknowledgement decides.
    if (underWay === undefined) beat().catch(() => undefined);
  };
  return {
    acknowledge: async (progress) => {
      latest = progress;
      while (underWay !== undefined) await underWay;
      await beat();
    },
    during: async (work) => {
      const timer = setInterval(repeat, everyMs);
      try {
        return await work();
      } finally {
        clearInterval(timer);
      }
    },
  };
}
