import { z } from 'zod';
import type { AuditRecord } from '../migration/records.js';

const text = z.string().optional().catch(undefined);
const factsSchema = z.looseObject({
  milestoneId: text,
  milestoneIds: z.array(z.string()).optional().catch(undefined),
  milestones: z
    .array(z.object({ milestoneId: z.string() }))
    .optional()
    .catch(undefined),
  dateVersion: z.number().optional().catch(undefined),
  supplierId: text,
  event: text,
  kind: text,
  to: text,
  messageId: text,
  effect: text,
  date: text,
  forDate: text,
  on: text,
});

/** What a record says, as far as evidence asks; whatever a release that we do not know has written is left as it is. */
export interface RecordFacts {
  milestoneIds: string[];
  dateVersion?: number | undefined;
  supplierId?: string | undefined;
  /** Type of a supplier's event, like `extract.scheduled`. */
  event?: string | undefined;
  /** Of a message. */
  kind?: string | undefined;
  /** Role of its reader, like `emis.contact`. */
  to?: string | undefined;
  messageId?: string | undefined;
  outcome?: string | undefined;
  /** The day that a form, booking or delivery named. */
  forDay?: string | undefined;
  /** When something was done, where that is not when it was noted. */
  on?: string | undefined;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  'message.sent': 'sent',
  'message.undeliverable': 'undeliverable',
  'message.bounced': 'came back',
};

export function readRecord({ type, data }: AuditRecord): RecordFacts {
  const facts = factsSchema.parse(data);
  const { milestoneId, milestoneIds, milestones, effect, date, forDate, ...rest } = facts;
  const one = milestoneId === undefined ? [] : [milestoneId];
  return {
    ...rest,
    milestoneIds: milestoneIds ?? milestones?.map((each) => each.milestoneId) ?? one,
    outcome: OUTCOMES[type] ?? effect,
    forDay: date ?? forDate,
  };
}
