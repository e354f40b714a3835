/** Hands messages over one by one, and leaves a trail by which an interrupted delivery can be taken up again. */
import type { Logger } from '../../config/logger.js';
import type { MessageOutcome, OutboundMessage } from '../../rules/migration/messages.js';
import { messageId } from '../email/render.js';
import { createBeat, type Heartbeat } from './beat.js';
import { TemporaryFailure, type Delivery, type HandOver } from './ports.js';
import type { DeliverProgress } from './progress.js';

export interface Sending {
  heartbeat: Heartbeat;
  /** Told of each new progress before the server is. */
  remember: (progress: DeliverProgress) => void;
  handOver: HandOver;
  log: Pick<Logger, 'info' | 'warn'>;
  /** After this, a message that is only ever put off counts as undeliverable, so that it cannot hold up a migration. */
  isTimeToGiveUp: () => boolean;
}

/** What sending knows of one message on its way. */
interface OnItsWay {
  message: OutboundMessage;
  id: string;
  /** An earlier attempt may have delivered it. */
  mayHaveRepeated: boolean;
}

/** How far the delivery is; each change is remembered at once and acknowledged before the next message goes. */
function startTrail(previous: DeliverProgress, { heartbeat, remember }: Sending) {
  const settled = new Map(previous.settled.map((outcome) => [outcome.key, outcome]));
  const inDoubt = new Set(previous.inDoubt);
  const beat = createBeat(heartbeat, previous);
  const progress = (): DeliverProgress => ({ settled: [...settled.values()], inDoubt: [...inDoubt] });
  return {
    settled,
    mayHaveArrived: (key: string) => inDoubt.has(key),
    during: beat.during,
    acknowledge: () => beat.acknowledge(progress()),
    leaves: ({ message }: OnItsWay) => {
      inDoubt.add(message.key);
      remember(progress());
    },
    neverArrived: ({ message, mayHaveRepeated }: OnItsWay) => {
      if (!mayHaveRepeated) inDoubt.delete(message.key);
      remember(progress());
    },
    settles: ({ message: { key }, id, mayHaveRepeated: again }: OnItsWay, delivery: Delivery) => {
      const { outcome, detail } = delivery;
      const mayHaveRepeated = again && !('certainlyOnce' in delivery);
      settled.set(key, { key, outcome, ...(detail !== undefined && { detail }), mayHaveRepeated, messageId: id });
      inDoubt.delete(key);
      remember(progress());
    },
  };
}

type Trail = ReturnType<typeof startTrail>;

/** @returns the failure, when only this message was put off. @throws when nothing can be handed over now */
function putOff(trail: Trail, way: OnItsWay, error: unknown, sending: Sending): Error | undefined {
  const failure = error instanceof Error ? error : new Error(String(error));
  const isTemporary = failure instanceof TemporaryFailure;
  if (!isTemporary || !failure.mayHaveArrived) trail.neverArrived(way);
  const { migrationId } = way.message.about;
  sending.log.warn({ migrationId, messageId: way.id, reason: failure.message }, 'message put off');
  if (isTemporary && failure.reach === 'transport') throw failure;
  if (!sending.isTimeToGiveUp()) return failure;
  trail.settles(way, { outcome: 'undeliverable', detail: `given up: ${failure.message}` });
  return undefined;
}

async function announce(trail: Trail, way: OnItsWay): Promise<void> {
  trail.leaves(way);
  try {
    await trail.acknowledge();
  } catch (error) {
    trail.neverArrived(way);
    throw error;
  }
}

/** Hands one message over and keeps the trail. @returns the failure, when only this message was put off */
async function sendOne(trail: Trail, message: OutboundMessage, sending: Sending): Promise<Error | undefined> {
  const way = { message, id: messageId(message), mayHaveRepeated: trail.mayHaveArrived(message.key) };
  await announce(trail, way);
  try {
    const delivery = await trail.during(() => sending.handOver(message, way.id, way.mayHaveRepeated));
    trail.settles(way, delivery);
    const { migrationId } = message.about;
    sending.log.info({ migrationId, messageId: way.id, kind: message.kind, ...delivery }, 'message settled');
    return undefined;
  } catch (error) {
    return putOff(trail, way, error, sending);
  }
}

/**
 * Hands over every message that `previous` does not list as settled, in order.
 *
 * Before each one the server has acknowledged that it is on its way, and everything settled before it. So a crash at any point
 * leaves at most one message in doubt; that one is handed over again, under the same Message-ID, and marked.
 *
 * @returns the outcomes in the order of the messages, all of them acknowledged
 * @throws when a message could not be settled, or progress could not be acknowledged: another attempt takes it up
 */
export async function sendAll(
  messages: readonly OutboundMessage[],
  previous: DeliverProgress,
  sending: Sending,
): Promise<MessageOutcome[]> {
  const trail = startTrail(previous, sending);
  let failure: Error | undefined;
  try {
    for (const message of messages)
      if (!trail.settled.has(message.key)) failure = (await sendOne(trail, message, sending)) ?? failure;
  } catch (error) {
    // Worth a try, so that the next attempt does not mark a message that is known not to have arrived.
    await trail.acknowledge().catch(() => undefined);
    throw error;
  }
  await trail.acknowledge();
  if (failure !== undefined) throw failure;
  return messages.flatMap(({ key }) => trail.settled.get(key) ?? []);
}
