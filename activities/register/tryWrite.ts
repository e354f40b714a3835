import { setTimeout as pause } from 'node:timers/promises';
import { RegisterUnavailableError } from '../../register/errors.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import type { RegisterActivityDeps } from './ports.js';

/** Below the activity's own time limit, so that the answer is "not written" rather than a timeout. */
const PATIENCE_MS = 8_000;
/** A pool finds out that its connections are dead by using one; the second try gets a new one. */
const TRIES = 2;
const PAUSE_MS = 250;

/**
 * Writes to the register, or logs why not and returns false: the register is a projection, and never stops a migration.
 * A write that was given up may still arrive; the register takes the same records again.
 */
export async function tryWrite(deps: RegisterActivityDeps, write: RegisterWrite): Promise<boolean> {
  const givenUp = new AbortController();
  const patienceMs = deps.patienceMs ?? PATIENCE_MS;
  try {
    await Promise.race([writeOrRetry(deps, write, givenUp.signal), giveUpAfter(patienceMs, givenUp.signal)]);
    return true;
  } catch (error) {
    logFailure(deps, write, error);
    return false;
  } finally {
    givenUp.abort();
  }
}

async function writeOrRetry(
  { register }: RegisterActivityDeps,
  write: RegisterWrite,
  signal: AbortSignal,
): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      await register.write(write);
      return;
    } catch (error) {
      if (left === 1 || signal.aborted || !(error instanceof RegisterUnavailableError)) throw error;
      await pause(PAUSE_MS, undefined, { signal });
    }
  }
}

async function giveUpAfter(patienceMs: number, signal: AbortSignal): Promise<never> {
  await pause(patienceMs, undefined, { signal });
  throw new RegisterUnavailableError(`no answer within ${patienceMs} ms`);
}

function logFailure({ log }: RegisterActivityDeps, { migration, asOfSeq }: RegisterWrite, error: unknown): void {
  const { name, message } = error instanceof Error ? error : { name: 'unknown', message: String(error) };
  const fields = { migrationId: migration.migrationId, asOfSeq, problem: name, reason: message };
  const willPass = error instanceof RegisterUnavailableError;
  log.error(
    fields,
    willPass
      ? 'The register is away: the records go with the next write.'
      : 'The register does not take these records, and will not until somebody looks into it. The migration goes on.',
  );
}
