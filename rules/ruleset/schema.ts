import { z } from 'zod';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { anchorNameSchema, periodSchema, slugSchema, thirdPartyKindSchema } from '../order/schema.js';

const text = z.string().trim().min(1);

/** What kind of thing a milestone is; the kind decides how its day rolls (rules.md, E.4). */
export const milestoneKindSchema = z.enum([
  'anchor',
  'request',
  'notice',
  'contact',
  'task',
  'followUp',
  'window',
  'expiry',
  'confirmation',
]);

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

/** Who can be written to: a role, or whoever holds the milestone. */
export const audienceSchema = z.enum([
  'practiceManager',
  'csuOperator',
  'csuManager',
  'partyContact',
  'partyAccountManager',
]);

const rungSchema = z.strictObject({
  id: slugSchema,
  /**
   * Distance from the milestone's due day in the working days of the division; negative is before.
   * A positive number is "late by N working days" (rules.md, E.14).
   */
  workingDays: z.int().optional(),
  /** Or: as soon as the milestone can be acted on, that is on day one or when what it waits for is done. */
  atOnce: z.literal(true).optional(),
  /**
   * deliver: the formal request, notice or contact itself, a mail of its own. reminder: goes into the recipient's digest.
   * chase: to the holder outside, a mail of its own. escalation: says what slipped. inform: a line in the digest.
   */
  type: z.enum(['deliver', 'reminder', 'chase', 'escalation', 'inform']),
  to: audienceSchema,
});

const ladderSchema = z.array(rungSchema);

/**
 * A day counted from an anchor or from another rule's day: negative amounts are before.
 *
 * Counting from a rule that is a window starts at its first day, the earliest on which the thing can happen: PCSE's two
 * weeks run to the first day on which the links may be off (rules.md, E.10 and E.12).
 */
const offsetSchema = leadTimeSchema.extend({ from: z.union([anchorNameSchema, slugSchema]) });

/** A day counted back by the notice period of the party that the milestone is for. */
const noticeOffsetSchema = z.strictObject({
  from: z.union([anchorNameSchema, slugSchema]),
  unit: z.literal('noticePeriod'),
});

export const holderKindSchema = z.enum(['practice', 'csu', 'party', 'sourceSupplier', 'targetSupplier']);

export const ruleSchema = z.strictObject({
  id: slugSchema,
  /** May hold `{party}`, `{product}`, `{site}`. */
  title: text,
  /** The one thing to do, in plain English, as a mail says it. Same placeholders. */
  action: text,
  /** Heading of the guide page that asks for it. */
  section: text,
  source: text,
  kind: milestoneKindSchema.exclude(['anchor', 'confirmation']),
  forEach: z.enum(['migration', 'site', 'thirdParty', 'sourceSupplier', 'targetSupplier']).default('migration'),
  /** Only for third parties of these kinds. */
  kinds: z.array(thirdPartyKindSchema).optional(),
  /** But not for third parties of these kinds. */
  exceptKinds: z.array(thirdPartyKindSchema).optional(),
  /**
   * Only where this holds. `reconciliationNeeded`: the order does not rule it out, so an open decision still shows the latest
   * day to ask. `reconciliationUndecided`: the order holds no decision. `firstSelectionWith…`: who helps with the first records
   * for data checking; the target supplier where the order does not say (rules.md, E.17).
   */
  when: z
    .enum([
      'dispensing',
      'reconciliationNeeded',
      'reconciliationUndecided',
      'patientsReRegisterOnline',
      'reconfiguresAfterGoLive',
      'firstSelectionWithCsu',
      'firstSelectionWithTargetSupplier',
    ])
    .optional(),
  holder: holderKindSchema,
  due: z.union([offsetSchema, noticeOffsetSchema]),
  /** For a window: the first day; `due` is then the last. */
  opens: offsetSchema.optional(),
  ladder: slugSchema,
  /** Go Live cannot be marked done while this is open, unless it is waived by name. */
  blocks: z.enum(['goLive', 'finalDataProduction']).optional(),
  /** True when no public source fixes the number: it is shown as assumed. */
  assumed: z.boolean().default(false),
  /** Another source says otherwise; shown beside the value. */
  alsoSeen: z.array(text).default([]),
});

const turnaroundValueSchema = z.strictObject({
  ...periodSchema.shape,
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
      atLeastDays: z.int().optional(),
      atMostDays: z.int().optional(),
      source: text,
      /** True when no public source fixes the number: the warning says so. */
      assumed: z.boolean().default(false),
    }),
  ),
  rules: z.array(ruleSchema).min(1),
});

export type RuleSet = z.infer<typeof ruleSetSchema>;
export type Rule = z.infer<typeof ruleSchema>;
export type Ladder = z.infer<typeof ladderSchema>;
export type LadderRung = z.infer<typeof rungSchema>;
export type Audience = z.infer<typeof audienceSchema>;
export type HopName = z.infer<typeof hopNameSchema>;
export type MilestoneKind = z.infer<typeof milestoneKindSchema>;
