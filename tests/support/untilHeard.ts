import type { Outcome } from '../../api/migrations.js';

const MOST_TRIES = 12;

/**
 * Asks again for as long as the migration cannot be reached, as every sender of ours does. A server notices only after some
 * seconds that a worker is gone; until then it keeps for that worker what is for the next.
 */
export async function untilHeard<Answer>(ask: () => Promise<Outcome<Answer>>): Promise<Outcome<Answer>> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await ask();
    if (outcome.kind !== 'unavailable' || tries === MOST_TRIES) return outcome;
  }
}
