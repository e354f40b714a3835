import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** How long a wake is off, and what it is for. */
export interface Sleeping {
  /** Real milliseconds until the wake. */
  sleepMs: number;
  /** What Temporal's pages say beside the timer. */
  summary: string;
}

/** The migration's only timer. Arming it for the wake that it already waits for costs nothing. */
export interface WakeTimer {
  arm(wakeAtMs: number | undefined, sleeping: (wakeAtMs: number) => Sleeping): void;
  /** The wake that it waits for; undefined while it waits for none. */
  armedFor(): number | undefined;
  /** True once the armed wake has come, until it is taken. */
  hasFired(): boolean;
  /** Takes the wake: the timer is unarmed. */
  take(): boolean;
}

export function createWakeTimer(): WakeTimer {
  let armedFor: number | undefined;
  let scope: CancellationScope | undefined;
  let fired = false;

  const wait = async (own: CancellationScope, { sleepMs, summary }: Sleeping): Promise<void> => {
    try {
      await own.run(() => sleep(sleepMs, { summary }));
      if (scope === own) fired = true;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  };

  return {
    arm(wakeAtMs, sleeping) {
      if (wakeAtMs === armedFor) return;
      scope?.cancel();
      scope = undefined;
      armedFor = wakeAtMs;
      fired = false;
      if (wakeAtMs === undefined) return;
      scope = new CancellationScope();
      void wait(scope, sleeping(wakeAtMs));
    },
    armedFor: () => armedFor,
    hasFired: () => fired,
    take() {
      const came = fired;
      if (came) [armedFor, scope, fired] = [undefined, undefined, false];
      return came;
    },
  };
}
