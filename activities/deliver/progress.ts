/** What a delivery has done so far: kept in heartbeats, so that the next attempt knows, whoever makes it. */
import { z } from 'zod';
import type { MessageOutcome } from '../../rules/migration/messages.js';

const outcomeSchema = z.object({
  key: z.string(),
  outcome: z.enum(['sent', 'undeliverable']),
  mayHaveRepeated: z.boolean(),
  messageId: z.string(),
  detail: z.string().exactOptional(),
});

const progressSchema = z.object({ settled: z.array(outcomeSchema), inDoubt: z.array(z.string()) });

export interface DeliverProgress {
  /** Ended, one way or the other; never handed over again. */
  settled: MessageOutcome[];
  /** Keys of messages that were handed over, or are being, without an answer on record, once for each time: they may have arrived. */
  inDoubt: string[];
}

/**
 * Reads heartbeat details.
 *
 * @param details what an earlier attempt has heartbeat; undefined in the first
 * @param start where the first attempt begins
 * @throws z.ZodError for anything else: to go on without them could send everything twice
 */
export function readProgress(details: unknown, start: DeliverProgress): DeliverProgress {
  return details === undefined || details === null ? start : progressSchema.parse(details);
}

/** Which attempt at which delivery. */
interface AttemptKey {
  id: string;
  attempt: number;
}

/** What this process knows of its own attempts, which may be newer than what the server has acknowledged. */
export interface AttemptMemory {
  /** Where an attempt takes up the delivery. @param details heartbeat details of the attempts before it */
  recall: (key: AttemptKey, details: unknown, start: DeliverProgress) => DeliverProgress;
  remember: (key: AttemptKey, progress: DeliverProgress) => void;
  forget: (id: string) => void;
}

/** Deliveries that were taken up by another process are never forgotten here, so the oldest make room. */
const MOST_REMEMBERED = 1_000;

/**
 * Keeps progress in memory, so that a heartbeat that the server never got, as when it dies, costs no repeated mail.
 *
 * Only the attempt right before is believed: then nobody else can have sent anything since.
 */
export function createAttemptMemory(): AttemptMemory {
  const known = new Map<string, { attempt: number; progress: DeliverProgress }>();
  return {
    recall: ({ id, attempt }, details, start) => {
      const last = known.get(id);
      return last?.attempt === attempt - 1 ? last.progress : readProgress(details, start);
    },
    remember: ({ id, attempt }, progress) => {
      // An attempt that was given up on may still be running, and knows less than the one after it.
      if ((known.get(id)?.attempt ?? 0) > attempt) return;
      known.delete(id);
      known.set(id, { attempt, progress });
      const [oldest] = known.keys();
      if (known.size > MOST_REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
    forget: (id) => void known.delete(id),
  };
}
