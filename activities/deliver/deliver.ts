import type { Logger } from '../../config/logger.js';
import type { DeliverInput, DeliverResult, RegisterResult } from '../../rules/migration/ports.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import { withSends } from '../../rules/migration/sentDrafts.js';
import { createBeat, type Heartbeat } from './beat.js';
import { TemporaryFailure, type HandOver, type WriteRegister } from './ports.js';
import { createAttemptMemory, type AttemptMemory } from './progress.js';
import { sendAll, type SendResult } from './sendAll.js';

/** One attempt at a delivery, as the server that runs it tells. */
export interface Attempt {
  /** The same for all attempts at one delivery, and for no other. */
  id: string;
  /** 1 for the first. */
  attempt: number;
  /** How long ago the first attempt was asked for. */
  waitedMs: () => number;
  /** What earlier attempts have heartbeat; undefined when nothing. */
  details: unknown;
  heartbeat: Heartbeat;
  /** What to throw so that the next attempt comes after that time, and not before. */
  comeBack: (failure: Error, afterMs: number) => Error;
}

export interface DeliverDependencies {
  mail: HandOver;
  webhook: HandOver;
  writeRegister: WriteRegister;
  log: Pick<Logger, 'info' | 'warn'>;
  currentAttempt: () => Attempt;
  /** How long one message may be put off before it counts as undeliverable. */
  giveUpAfterMs?: number;
  /** How long mail may be unable to leave before what is left is composed anew later. */
  deferAfterMs?: number;
}

const MINUTE_MS = 60_000;
/** Longer than greylisting lasts; a person is told afterwards, and meanwhile nothing else of the migration can go out. */
const GIVE_UP_AFTER_MS = 30 * MINUTE_MS;
/** Longer than a mail server takes to restart. What waits longer is composed anew for the day on which it can leave. */
const DEFER_AFTER_MS = 15 * MINUTE_MS;
/** Who says to come back after less than this is not away, only busy. */
const BUSY_UP_TO_MS = 5 * MINUTE_MS;

/** A rehearsal reaches nobody: what would be posted to a party is mailed to the catcher instead. */
const handOverBy =
  ({ mail, webhook }: DeliverDependencies): HandOver =>
  (message, id, again) =>
    message.channel === 'webhook' && !message.about.rehearsal ? webhook(message, id, again) : mail(message, id, again);

async function offerToRegister(
  write: RegisterWrite,
  { writeRegister, log }: DeliverDependencies,
): Promise<RegisterResult> {
  try {
    return await writeRegister(write);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ migrationId: write.migration.migrationId, reason }, 'register not written');
    return { registerWritten: false };
  }
}

/** A rehearsal is never put off: its days stand still until its mail can leave, so that an outage changes nothing in it. */
function isTimeToDefer(input: DeliverInput, waitedMs: number, { deferAfterMs = DEFER_AFTER_MS }: DeliverDependencies) {
  const { messages, patienceMs = deferAfterMs } = input;
  return ({ also: { awayForMs = 0 } }: TemporaryFailure): boolean =>
    messages.every(({ about }) => !about.rehearsal) && (waitedMs >= patienceMs || awayForMs > BUSY_UP_TO_MS);
}

/** What is known whether or not anything leaves; the rows of what was to be sent show it as sent, so they wait. */
const known = ({ write }: DeliverInput): RegisterWrite => ({ ...write, milestones: [], messages: [] });

async function attemptAll(
  input: DeliverInput,
  memory: AttemptMemory,
  dependencies: DeliverDependencies,
): Promise<SendResult> {
  const attempt = dependencies.currentAttempt();
  const { giveUpAfterMs = GIVE_UP_AFTER_MS, log } = dependencies;
  const previous = memory.recall(attempt, attempt.details, { settled: [], inDoubt: input.inDoubt ?? [] });
  const waitedMs = attempt.waitedMs();
  try {
    return await sendAll(input.messages, previous, {
      heartbeat: attempt.heartbeat,
      handOver: handOverBy(dependencies),
      log,
      remember: (progress) => memory.remember(attempt, progress),
      isTimeToGiveUp: () => attempt.waitedMs() > giveUpAfterMs,
      isTimeToDefer: isTimeToDefer(input, waitedMs, dependencies),
    });
  } catch (error) {
    // People can look it up while its mail cannot leave: a migration that has just started, above all.
    if (attempt.attempt === 1) await offerToRegister(known(input), dependencies);
    const awayForMs = error instanceof TemporaryFailure ? error.also.awayForMs : undefined;
    if (!(error instanceof Error) || awayForMs === undefined) throw error;
    throw attempt.comeBack(error, Math.min(awayForMs, BUSY_UP_TO_MS));
  }
}

/** Makes the activity that sends what is due at one wake, and writes the register in the same go. */
export function createDeliverActivities(dependencies: DeliverDependencies) {
  const memory = createAttemptMemory();
  return {
    /**
     * Sends each message once; a crash can repeat only the one on its way, under the same Message-ID and marked.
     *
     * Where mail cannot leave for longer than `patienceMs` (15 minutes), what was sent is answered, and the register left to the
     * migration: the write that came along shows everything as sent.
     *
     * @throws when a message could not be sent now, or progress could not be acknowledged; the next attempt goes on from there
     */
    async deliverMessages(input: DeliverInput): Promise<DeliverResult> {
      const { id, heartbeat } = dependencies.currentAttempt();
      const { outcomes, deferred } = await attemptAll(input, memory, dependencies);
      const beat = createBeat(heartbeat, { settled: outcomes, inDoubt: [] });
      const write = async (): Promise<RegisterResult> => offerToRegister(withSends(input, outcomes), dependencies);
      const offered = deferred === undefined ? await beat.during(write) : { registerWritten: false };
      memory.forget(id);
      return { outcomes, ...offered, ...(deferred && { deferred }) };
    },
  };
}
