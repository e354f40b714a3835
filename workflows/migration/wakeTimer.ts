import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

/** The migration's only timer. Arming it for the wake that it already waits for costs nothing. */
export interface WakeTimer {
  /** @param sleepMs real milliseconds until the wake */
  arm(wakeAtMs: number | undefined, sleepMs: (wakeAtMs: number) => number): void;
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

  const wait = async (own: CancellationScope, sleepMs: number): Promise<void> => {
    try {
      await own.run(() => sleep(sleepMs, { summary: 'next wake' }));
      if (scope === own) fired = true;
    } catch (error) {
      if (!isCancellation(error)) throw error;
    }
  };

  return {
    arm(wakeAtMs, sleepMs) {
      if (wakeAtMs === armedFor) return;
      scope?.cancel();
      scope = undefined;
      armedFor = wakeAtMs;
      fired = false;
      if (wakeAtMs === undefined) return;
      scope = new CancellationScope();
      void wait(scope, sleepMs(wakeAtMs));
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
