/** What a migration does when its mail cannot leave. */
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { Deferral, DeliverInput } from '../../rules/migration/ports.js';
import type { MigrationState, Unanswered } from '../../rules/migration/state.js';

/** A way out that was away at the last try is tried for a minute: enough for a connection that comes and goes. */
const PATIENCE_WHILE_AWAY_MS = 60_000;

/** What a delivery has to know of the tries before it; nothing while mail leaves. */
export function whileAway({ mailAway, unanswered = [] }: MigrationState): Pick<DeliverInput, 'patienceMs' | 'inDoubt'> {
  if (mailAway === undefined) return {};
  const inDoubt = unanswered.flatMap(({ message, times }) => Array<string>(times).fill(message.key));
  return { patienceMs: PATIENCE_WHILE_AWAY_MS, ...(inDoubt.length > 0 && { inDoubt }) };
}

const timesIn = (keys: readonly string[], key: string): number => keys.filter((each) => each === key).length;

/** Messages without an outcome that may have arrived. */
export function unansweredAfter(
  messages: readonly OutboundMessage[],
  { inDoubt }: Pick<Deferral, 'inDoubt'>,
): Unanswered[] {
  return messages.flatMap((message) => {
    const times = timesIn(inDoubt, message.key);
    return times === 0 ? [] : [{ message, times }];
  });
}
