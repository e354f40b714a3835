/** What a migration's history may cost at most, and what it did cost. */
import type { temporal } from '@temporalio/proto';
import { apply } from '../../../rules/migration/apply.js';
import { decide } from '../../../rules/migration/decide.js';
import type { MigrationEvent } from '../../../rules/migration/events.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { MigrationState } from '../../../rules/migration/state.js';

/** What happens in a migration that costs history. */
export interface Happenings {
  /** Wakes by the timer. */
  wakes: number;
  sends: number;
  updates: number;
  /** Updates after which another wake is next, so that the timer has to be armed anew. */
  rearmings: number;
  searchAttributeChanges: number;
  /** Register writes outside a send. */
  registerWrites: number;
}

const allSent = (messages: OutboundMessage[], atMs: number): MigrationEvent => ({
  type: 'messagesSettled',
  atMs,
  messages,
  outcomes: messages.map(({ key }) => ({ key, outcome: 'sent', mayHaveRepeated: false, messageId: key })),
});

/**
 * Works out what has to happen when everything from outside comes at the given instants, on `decide` and `apply` alone.
 *
 * @param events in order of time
 */
export function expectedHappenings(start: MigrationState, events: readonly MigrationEvent[]): Happenings {
  const seen: Happenings = {
    wakes: 0,
    sends: 0,
    updates: 0,
    rearmings: 0,
    searchAttributeChanges: 0,
    registerWrites: 0,
  };
  const queue = [...events];
  let state = apply(start, { type: 'started', atMs: start.startedAtMs });
  let nowMs = start.startedAtMs;
  let armedFor: number | undefined;

  for (;;) {
    const { wakeAtMs, finished } = settle();
    if (armedFor !== undefined && wakeAtMs !== armedFor) seen.rearmings += 1;
    if (finished) break;
    const next = queue[0];
    if (next !== undefined && next.atMs <= (wakeAtMs ?? Infinity)) {
      queue.shift();
      seen.updates += 1;
      [state, nowMs, armedFor] = [apply(state, next), next.atMs, wakeAtMs];
    } else if (wakeAtMs === undefined) throw new Error('The migration waits for something that does not come.');
    else {
      seen.wakes += 1;
      [nowMs, armedFor] = [wakeAtMs, undefined];
    }
  }
  // The end itself: the status changes, and the register hears of it.
  seen.searchAttributeChanges += 1;
  seen.registerWrites += 1;
  return seen;

  function settle(): { wakeAtMs: number | undefined; finished: boolean } {
    for (;;) {
      const { events: timely, messages, wakeAtMs, finished } = decide(state, nowMs);
      const before = state.phase;
      state = timely.reduce(apply, state);
      if (state.phase !== before) seen.searchAttributeChanges += 1;
      if (messages.length > 0) {
        seen.sends += 1;
        state = apply(state, allSent(messages, nowMs));
      } else if (finished) return { wakeAtMs, finished };
      else if (state.outbox.length > 0 || state.dirty.length > 0) seen.registerWrites += 1;
      else return { wakeAtMs, finished };
      state = { ...state, outbox: [], dirty: [] };
    }
  }
}

export interface Cost {
  historyEvents: number;
  actions: number;
}

/** The most that these happenings may cost. */
export function costBound(seen: Happenings): Cost {
  const { wakes, sends, updates, rearmings, searchAttributeChanges, registerWrites } = seen;
  return {
    historyEvents:
      11 + 5 * wakes + 6 * sends + 5 * updates + 2 * rearmings + searchAttributeChanges + 6 * registerWrites,
    actions: 2 + wakes + sends + updates + rearmings + searchAttributeChanges + registerWrites,
  };
}

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** The kinds of event that are an action each: starts, timers, activities, updates, changes of search attributes. */
const actionAttributes = [
  'workflowExecutionStartedEventAttributes',
  'timerStartedEventAttributes',
  'activityTaskScheduledEventAttributes',
  'workflowExecutionUpdateAcceptedEventAttributes',
  'upsertWorkflowSearchAttributesEventAttributes',
] as const;

/** What a history did cost. */
export function costOf(history: temporal.api.history.v1.IHistory): Cost {
  const events: HistoryEvent[] = history.events ?? [];
  const actions = events.filter((event) => actionAttributes.some((name) => Boolean(event[name])));
  return { historyEvents: events.length, actions: actions.length };
}
