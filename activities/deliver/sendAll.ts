/** Hands messages over one by one, and leaves a trail by which an interrupted delivery can be taken up again. */
import type { Logger } from '../../config/logger.js';
import type { MessageOutcome, OutboundMessage } from '../../rules/migration/messages.js';
import type { Deferral } from '../../rules/migration/ports.js';
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
  /** Whether mail has been unable to leave for so long that what is left is put off. */
  isTimeToDefer: (away: TemporaryFailure) => boolean;
}

export interface SendResult {
  /** In the order of the messages; of all of them, unless the rest is deferred. */
  outcomes: MessageOutcome[];
  deferred?: Deferral;
}

/** Each time may be one more copy in somebody's inbox. */
const MOST_UNANSWERED = 5;

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
  let inDoubt = [...previous.inDoubt];
  const beat = createBeat(heartbeat, previous);
  const progress = (): DeliverProgress => ({ settled: [...settled.values()], inDoubt: [...inDoubt] });
  return {
    settled,
    inDoubt: () => [...inDoubt],
    timesUnanswered: (key: string) => inDoubt.filter((each) => each === key).length,
    during: beat.during,
    acknowledge: () => beat.acknowledge(progress()),
    leaves: ({ message }: OnItsWay) => {
      inDoubt.push(message.key);
      remember(progress());
    },
    neverArrived: ({ message }: OnItsWay) => {
      // This time: what an earlier attempt handed over stays in doubt.
      inDoubt = inDoubt.toSpliced(inDoubt.lastIndexOf(message.key), 1);
      remember(progress());
    },
    settles: ({ message: { key }, id, mayHaveRepeated: again }: OnItsWay, delivery: Delivery) => {
      const { outcome, detail } = delivery;
      const mayHaveRepeated = again && !('certainlyOnce' in delivery);
      settled.set(key, { key, outcome, ...(detail !== undefined && { detail }), mayHaveRepeated, messageId: id });
      inDoubt = inDoubt.filter((each) => each !== key);
      remember(progress());
    },
  };
}

type Trail = ReturnType<typeof startTrail>;

/** Whether a message is given up rather than tried again: put off for too long, or handed over too often without an answer. */
function isHopeless(trail: Trail, { message }: OnItsWay, failure: Error, { isTimeToGiveUp }: Sending): boolean {
  if (failure instanceof TemporaryFailure && failure.mayHaveArrived)
    return !failure.also.repeatsAreKnown && trail.timesUnanswered(message.key) >= MOST_UNANSWERED;
  return !isTransport(failure) && isTimeToGiveUp();
}

const isTransport = (failure: Error): failure is TemporaryFailure =>
  failure instanceof TemporaryFailure && failure.reach === 'transport';

/** @returns the failure, when the message is put off */
function putOff(trail: Trail, way: OnItsWay, error: unknown, sending: Sending): Error | undefined {
  const failure = error instanceof Error ? error : new Error(String(error));
  const mayHaveArrived = failure instanceof TemporaryFailure && failure.mayHaveArrived;
  if (!mayHaveArrived) trail.neverArrived(way);
  const { migrationId } = way.message.about;
  sending.log.warn({ migrationId, messageId: way.id, reason: failure.message }, 'message put off');
  if (!isHopeless(trail, way, failure, sending)) return failure;
  const uncertain = trail.timesUnanswered(way.message.key) > 0 ? ' It may have arrived.' : '';
  trail.settles(way, { outcome: 'undeliverable', detail: `given up: ${failure.message}${uncertain}` });
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

/** Hands one message over and keeps the trail. @returns the failure, when it was put off */
async function sendOne(trail: Trail, message: OutboundMessage, sending: Sending): Promise<Error | undefined> {
  const way = { message, id: messageId(message), mayHaveRepeated: trail.timesUnanswered(message.key) > 0 };
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

/** Posted to somebody's system; a rehearsal mails it instead. */
const isPosted = ({ channel, about }: OutboundMessage): boolean => channel === 'webhook' && !about.rehearsal;

/** Hands over what is not settled; once mail cannot leave, only what leaves another way. @returns what stood in the way */
async function sendEach(messages: readonly OutboundMessage[], trail: Trail, sending: Sending) {
  let putOff: Error | undefined;
  let away: TemporaryFailure | undefined;
  for (const message of messages) {
    if (trail.settled.has(message.key) || (away !== undefined && !isPosted(message))) continue;
    const failure = await sendOne(trail, message, sending);
    if (failure === undefined) continue;
    if (isTransport(failure)) away = failure;
    else putOff = failure;
  }
  return { putOff, away };
}

function deferralOf({ message, also: { awayForMs } }: TemporaryFailure, inDoubt: string[]): Deferral {
  return { reason: message, ...(awayForMs !== undefined && { awayForMs: Math.ceil(awayForMs) }), inDoubt };
}

/**
 * Hands over every message that `previous` does not list as settled, in order.
 *
 * Before each one the server has acknowledged that it is on its way, and everything settled before it. So a crash at any point
 * leaves at most one message in doubt; that one is handed over again, under the same Message-ID, and marked.
 *
 * @returns the outcomes in the order of the messages, all of them acknowledged; and, where mail could not leave for too long,
 *   what is deferred
 * @throws when a message could not be settled, or progress could not be acknowledged: another attempt takes it up
 */
export async function sendAll(
  messages: readonly OutboundMessage[],
  previous: DeliverProgress,
  sending: Sending,
): Promise<SendResult> {
  const trail = startTrail(previous, sending);
  const { putOff, away } = await sendEach(messages, trail, sending).catch(async (error: unknown) => {
    // Worth a try, so that the next attempt does not mark a message that is known not to have arrived.
    await trail.acknowledge().catch(() => undefined);
    throw error;
  });
  await trail.acknowledge();
  const outcomes = messages.flatMap(({ key }) => trail.settled.get(key) ?? []);
  if (away !== undefined && sending.isTimeToDefer(away))
    return { outcomes, deferred: deferralOf(away, trail.inDoubt()) };
  const failure = away ?? putOff;
  if (failure !== undefined) throw failure;
  return { outcomes };
}
