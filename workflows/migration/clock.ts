/**
 * The migration's own idea of now.
 *
 * A real migration lives by the wall clock. A rehearsal's now starts at its first instant and never passes the next wake:
 * at a wake, now is that wake's own instant; at a message it is the last wake plus what has passed since, times the speed.
 * So an outage delays a rehearsal's wakes and never merges or shifts them.
 */
export interface ClockState {
  /** Undefined for a real migration. */
  speed?: number;
  lastWakeVirtualMs: number;
  lastWakeRealMs: number;
  nextWakeVirtualMs?: number;
}

export interface MigrationClock {
  nowMs(): number;
  /** Now at an instant of the wall clock: what a query needs, because inside one `Date.now` stands at the last task. */
  nowAt(realMs: number): number;
  /** The instant of the wall clock at which a wake comes. */
  realAt(wakeAtMs: number): number;
  /** Now, for the main loop: reaching the expected wake, by the timer or by the clock, makes that wake's instant now. */
  advance(timerFired: boolean): number;
  /** How long to sleep, in real milliseconds, until a wake; at least 1. */
  sleepMs(wakeAtMs: number): number;
  /** Says which wake is next, so that now cannot pass it. */
  expect(wakeAtMs: number | undefined): void;
  state(): ClockState;
}

/** @param realNowMs the wall clock; inside a workflow `Date.now`, which Temporal keeps deterministic */
export function createClock(start: ClockState, realNowMs: () => number): MigrationClock {
  const { speed } = start;
  return speed === undefined ? wallClock(start, realNowMs) : rehearsalClock({ ...start, speed }, realNowMs);
}

function wallClock(start: ClockState, realNowMs: () => number): MigrationClock {
  return {
    nowMs: realNowMs,
    nowAt: (realMs) => realMs,
    realAt: (wakeAtMs) => wakeAtMs,
    advance: realNowMs,
    sleepMs: (wakeAtMs) => Math.max(1, wakeAtMs - realNowMs()),
    expect: () => undefined,
    state: () => start,
  };
}

function rehearsalClock(start: ClockState & { speed: number }, realNowMs: () => number): MigrationClock {
  let current = start;
  const nowAt = (realMs: number): number => {
    const elapsed = Math.max(0, realMs - current.lastWakeRealMs);
    const virtual = Math.floor(current.lastWakeVirtualMs + elapsed * current.speed);
    return Math.min(virtual, current.nextWakeVirtualMs ?? virtual);
  };
  const nowMs = (): number => nowAt(realNowMs());
  const woke = (wakeAtMs: number): void => {
    const { nextWakeVirtualMs: _, ...rest } = current;
    current = { ...rest, lastWakeVirtualMs: wakeAtMs, lastWakeRealMs: realNowMs() };
  };
  return {
    nowMs,
    nowAt,
    realAt: (wakeAtMs) =>
      current.lastWakeRealMs + Math.max(0, Math.ceil((wakeAtMs - current.lastWakeVirtualMs) / current.speed)),
    advance: (timerFired) => {
      const wakeAtMs = current.nextWakeVirtualMs;
      if (wakeAtMs !== undefined && (timerFired || nowMs() >= wakeAtMs)) woke(wakeAtMs);
      return nowMs();
    },
    sleepMs: (wakeAtMs) => Math.max(1, Math.ceil((wakeAtMs - nowMs()) / current.speed)),
    expect: (wakeAtMs) => {
      const { nextWakeVirtualMs: _, ...rest } = current;
      current = wakeAtMs === undefined ? rest : { ...rest, nextWakeVirtualMs: wakeAtMs };
    },
    state: () => current,
  };
}
