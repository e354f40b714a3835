import type { Logger } from '../../config/logger.js';
import type { DeliverInput, DeliverResult } from '../../rules/migration/ports.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import { withSends } from '../../rules/migration/sentDrafts.js';
import { createBeat, type Heartbeat } from './beat.js';
import type { HandOver, WriteRegister } from './ports.js';
import { createAttemptMemory } from './progress.js';
import { sendAll } from './sendAll.js';

/** One attempt at a delivery, as the server that runs it tells. */
export interface Attempt {
  /** The same for all attempts at one delivery, and for no other. */
  id: string;
  /** 1 for the first. */
  attempt: number;
  /** When the first attempt was asked for. */
  askedAtMs: number;
  /** What earlier attempts have heartbeat; undefined when nothing. */
  details: unknown;
  heartbeat: Heartbeat;
}

export interface DeliverDependencies {
  mail: HandOver;
  webhook: HandOver;
  writeRegister: WriteRegister;
  log: Pick<Logger, 'info' | 'warn'>;
  currentAttempt: () => Attempt;
  nowMs?: () => number;
  /** How long one message may be put off before it counts as undeliverable. */
  giveUpAfterMs?: number;
}

/** Longer than greylisting lasts; a person is told afterwards, and meanwhile nothing else of the migration can go out. */
const HALF_HOUR_MS = 30 * 60 * 1_000;

/** A rehearsal reaches nobody: what would be posted to a party is mailed to the catcher instead. */
const handOverBy =
  ({ mail, webhook }: DeliverDependencies): HandOver =>
  (message, id, again) =>
    message.channel === 'webhook' && !message.about.rehearsal ? webhook(message, id, again) : mail(message, id, again);

async function offerToRegister(write: RegisterWrite, { writeRegister, log }: DeliverDependencies): Promise<boolean> {
  try {
    return (await writeRegister(write)).registerWritten;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ migrationId: write.migration.migrationId, reason }, 'register not written');
    return false;
  }
}

/** Makes the activity that sends what is due at one wake, and writes the register in the same go. */
export function createDeliverActivities(dependencies: DeliverDependencies) {
  const memory = createAttemptMemory();
  const { log, currentAttempt, nowMs = Date.now, giveUpAfterMs = HALF_HOUR_MS } = dependencies;
  const handOver = handOverBy(dependencies);
  return {
    /**
     * Sends each message once; a crash can repeat only the one on its way, under the same Message-ID and marked.
     *
     * @throws when a message could not be sent now, or progress could not be acknowledged; the next attempt goes on from there
     */
    async deliverMessages(input: DeliverInput): Promise<DeliverResult> {
      const { id, attempt, askedAtMs, details, heartbeat } = currentAttempt();
      const previous = memory.recall(id, attempt, details);
      const outcomes = await sendAll(input.messages, previous, {
        heartbeat,
        handOver,
        log,
        remember: (progress) => memory.remember(id, attempt, progress),
        isTimeToGiveUp: () => nowMs() - askedAtMs > giveUpAfterMs,
      });
      const beat = createBeat(heartbeat, { settled: outcomes, inDoubt: [] });
      const write = withSends(input, outcomes);
      const registerWritten = await beat.during(() => offerToRegister(write, dependencies));
      memory.forget(id);
      return { outcomes, registerWritten };
    },
  };
}
