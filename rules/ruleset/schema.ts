import { z } from 'zod';
import { amountSchema } from '../calendar/leadTime.js';
import { blackoutSchema, counterSchema, itemRuleSchema, knownIssueSchema } from './entitySchemas.js';
import { ladderSchema, type Ladder } from './ladderSchema.js';
import { holderKindSchema, ruleSchema } from './ruleSchema.js';
import { periodSchema, slugSchema } from '../order/fields.js';
import { anchorNameSchema, thirdPartyKindSchema } from '../order/schema.js';

const text = z.string().trim().min(1);

/** One step of an extract handshake, in the order in which they happen. */
export const hopNameSchema = z.enum([
  'asked',
  'formAtPractice',
  'formReturned',
  'formReceived',
  'scheduled',
  'delivered',
  'received',
]);

export const turnaroundValueSchema = z.strictObject({
  ...periodSchema.shape,
  source: text,
  assumed: z.boolean().default(false),
});

/** So many mails to a party's contact about one thing without an answer, and the CSU is asked to ring instead. */
export const callAfterChasesSchema = z.strictObject({
  amount: z.int().min(1).max(20),
  source: text,
  assumed: z.boolean().default(false),
});

const hopRuleSchema = z.strictObject({
  hop: hopNameSchema,
  /** May hold `{party}`, `{product}` and `{extract}`, which is `Initial` or `Final`; so may the action. */
  title: text,
  action: text,
  holder: z.enum(['practice', 'csu', 'requester', 'party', 'targetSupplier']),
  ladder: slugSchema,
  /** Instead of `ladder`, where the requester is the practice: it is reminded and escalated to first. */
  ladderWhenPractice: slugSchema.optional(),
});

/**
 * A rule set: everything about dates that a deployment can change without a developer.
 *
 * Lead times and notice periods live here and in the order, never in code.
 */
export const ruleSetSchema = z.strictObject({
  id: slugSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version like 1.0.0'),
  title: text,
  /** Local time at which reminders and escalations go out, Europe/London. */
  sendAt: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 09:00'),
  /** Length of the window over which a country's practices are spread, from `sendAt` on. */
  spreadMinutes: z.int().min(0).max(240),
  /** End of working hours: what an event sets off later than this goes out on the next working day. */
  workUntil: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time like 17:00'),
  /** Absent: nobody is asked to ring. */
  callAfterChases: callAfterChasesSchema.exactOptional(),
  ladders: z.record(slugSchema, ladderSchema),
  anchors: z.array(
    z.strictObject({
      anchor: anchorNameSchema,
      title: text,
      action: text,
      section: text,
      source: text,
      holder: holderKindSchema,
      ladder: slugSchema,
    }),
  ),
  /** "Confirm the date": due at the latest start of what hangs on the date, less this period. */
  confirmation: z.strictObject({
    title: text,
    action: text,
    section: text,
    source: text,
    ladder: slugSchema,
    before: periodSchema,
    /** For a date that is still absent: counted from the order. */
    whenAbsent: periodSchema,
  }),
  extracts: z.strictObject({
    section: text,
    source: text,
    /**
     * Asked for at once. Due on the first latest day to ask for an extract, counted from that extract's anchor: the same
     * whenever the plan is made, and a slip shows what it does to the production day.
     */
    authorisation: z.strictObject({ title: text, action: text, ladder: slugSchema }),
    /** Used where neither the product nor the order gives a notice; other data suppliers have no default. */
    sourceSupplierNotice: turnaroundValueSchema,
    /** The same for other data suppliers. The shipped rule set has none: it varies too much to be guessed. */
    dataSupplierNotice: turnaroundValueSchema.optional(),
    turnaround: z.strictObject({
      sendsForm: turnaroundValueSchema,
      returnsForm: turnaroundValueSchema,
      confirmsForm: turnaroundValueSchema,
      schedules: turnaroundValueSchema,
    }),
    hops: z.array(hopRuleSchema),
  }),
  /** Notice periods that a public source fixes; a kind that is not here must be given with the order. */
  noticePeriods: z.partialRecord(thirdPartyKindSchema, turnaroundValueSchema),
  /** Usual length between two anchors: outside of it is a warning, never a refusal. */
  usualDurations: z.array(
    z.strictObject({
      from: anchorNameSchema,
      to: anchorNameSchema,
      atLeastDays: amountSchema.optional(),
      atMostDays: amountSchema.optional(),
      source: text,
      /** True when no public source fixes the number: the warning says so. */
      assumed: z.boolean().default(false),
    }),
  ),
  counters: z.array(counterSchema).default([]),
  knownIssues: z.array(knownIssueSchema).default([]),
  blackouts: z.array(blackoutSchema).default([]),
  items: z.strictObject({ survey: itemRuleSchema, action: itemRuleSchema }).optional(),
  rules: z.array(ruleSchema).min(1),
});

export type RuleSet = z.infer<typeof ruleSetSchema>;
export type HopName = z.infer<typeof hopNameSchema>;

/** A ladder by its name; undefined where there is none, also for a name that every object has, like `constructor`. */
export function ladderIn({ ladders }: Pick<RuleSet, 'ladders'>, name: string): Ladder | undefined {
  return Object.hasOwn(ladders, name) ? ladders[name] : undefined;
}
