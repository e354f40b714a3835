import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 100;

/** Tries until it works. @param signal ends the trying; the promise then rejects with the last failure */
export async function eventually<Result>(attempt: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted) throw error;
      await pause(EVERY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Resolves when something accepts connections there. */
export function canConnect(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    socket.once('connect', () => socket.end(() => resolve()));
    socket.once('error', reject);
  });
}
