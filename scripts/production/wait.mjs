import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 250;

/**
 * Tries until it works, and gives back what it answered.
 *
 * @param what for the error, as in "Temporal serves"
 * @throws with the last failure when the patience is over
 */
export async function eventually(what, patienceMs, attempt) {
  const giveUpAtMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > giveUpAtMs) {
        throw new Error(`Waited ${patienceMs / 1_000} s in vain: ${what}. ${error.message}`, { cause: error });
      }
    }
    await pause(EVERY_MS);
  }
}

/** True when something listens on that port of 127.0.0.1. */
export function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
