import { apply } from '../../rules/migration/apply.js';
import { decide } from '../../rules/migration/decide.js';
import type { MigrationEvent } from '../../rules/migration/events.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { MigrationState } from '../../rules/migration/state.js';

export interface VirtualRun {
  state: MigrationState;
  sent: { atMs: number; message: OutboundMessage }[];
  /** Every instant at which the migration woke. */
  wakes: number[];
  finished: boolean;
}

const settled = (messages: OutboundMessage[], atMs: number): MigrationEvent => ({
  type: 'messagesSettled',
  atMs,
  messages,
  outcomes: messages.map(({ key }) => ({ key, outcome: 'sent', mayHaveRepeated: false, messageId: key })),
});

/** Does what is due at an instant, as often as there is something due. */
function settle(run: VirtualRun, nowMs: number): number | undefined {
  for (let round = 0; round < 100; round += 1) {
    const { events, messages, wakeAtMs, finished } = decide(run.state, nowMs);
    run.finished = finished;
    for (const event of events) run.state = apply(run.state, event);
    if (messages.length === 0) return wakeAtMs;
    run.sent.push(...messages.map((message) => ({ atMs: nowMs, message })));
    run.state = apply(run.state, settled(messages, nowMs));
  }
  throw new Error('The migration sends without end.');
}

/**
 * Runs a migration in virtual time on `decide` and `apply` alone.
 *
 * @param events what happens from outside, in order of time
 * @param untilMs where to stop; without it the run goes on until nothing is due any more
 */
export function runInVirtualTime(start: MigrationState, events: MigrationEvent[] = [], untilMs = Infinity): VirtualRun {
  const run: VirtualRun = {
    state: apply(start, { type: 'started', atMs: start.startedAtMs }),
    sent: [],
    wakes: [],
    finished: false,
  };
  const queue = [...events];
  let nowMs: number | undefined = start.startedAtMs;
  while (nowMs !== undefined && nowMs <= untilMs) {
    run.wakes.push(nowMs);
    const wakeAtMs = settle(run, nowMs);
    const next = queue[0];
    if (next !== undefined && next.atMs <= (wakeAtMs ?? Infinity)) {
      run.state = apply(run.state, next);
      queue.shift();
      nowMs = next.atMs;
    } else nowMs = wakeAtMs;
  }
  return run;
}
