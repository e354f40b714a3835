import { z } from 'zod';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { slugSchema } from '../order/fields.js';
import { dayNameSchema } from '../order/ruleChange.js';
import { anchorNameSchema, thirdPartyKindSchema } from '../order/schema.js';

const text = z.string().trim().min(1);

/**
 * What kind of thing a milestone is; the kind decides how its day rolls (rules.md, E.4).
 *
 * window: something that has to be done between two days. period: a state of affairs between two days, like reduced activity or
 * the weekly meeting; nobody owes anything when it ends, and its ladder is counted from its first day.
 */
export const milestoneKindSchema = z.enum([
  'anchor',
  'request',
  'notice',
  'contact',
  'task',
  'followUp',
  'window',
  'period',
  'expiry',
  'confirmation',
]);

/**
 * A day counted from an anchor or from another rule's day: negative amounts are before.
 *
 * Counting from a rule that is a window starts at its first day, the earliest on which the thing can happen: PCSE's two
 * weeks run to the first day on which the links may be off (rules.md, E.10 and E.12).
 */
const offsetSchema = leadTimeSchema.extend({ from: dayNameSchema });

/** A day counted back by the notice period of the party that the milestone is for. */
const noticeOffsetSchema = z.strictObject({
  from: dayNameSchema,
  unit: z.literal('noticePeriod'),
});

/** The first day of a period that begins a time given in the order before an anchor, like the registration cut-off. */
const cutOffSchema = z.strictObject({ from: anchorNameSchema, unit: z.literal('registrationCutOff') });

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
      'thirdCheckingPhase',
    ])
    .optional(),
  holder: holderKindSchema,
  due: z.union([offsetSchema, noticeOffsetSchema]),
  /** For a window or period: the first day; `due` is then the last. */
  opens: z.union([offsetSchema, cutOffSchema]).optional(),
  ladder: slugSchema,
  /** The counters that are reported for this rule, and what they should come to. */
  counts: z
    .strictObject({
      counters: z.array(slugSchema).min(1),
      /**
       * `low`: as low as possible, and not above the order's threshold where it gives one (rules.md, E.15). `zero`: none left.
       * `ready`: something that is made ready, like a list of records; more is better.
       */
      target: z.enum(['low', 'zero', 'ready']),
    })
    .optional(),
  /** The decision of the order that marking this done records; what hangs on a "no" is then waived. */
  decides: z.enum(['reconciliation']).optional(),
  /** Mails and the plan show the known data issues of this pair of suppliers beside it. */
  showsKnownIssues: z.boolean().default(false),
  /** Go Live cannot be marked done while this is open, unless it is waived by name. */
  blocks: z.enum(['goLive', 'finalDataProduction']).optional(),
  /** True when no public source fixes the number: it is shown as assumed. */
  assumed: z.boolean().default(false),
  /** Another source says otherwise; shown beside the value. */
  alsoSeen: z.array(text).default([]),
});

export type Rule = z.infer<typeof ruleSchema>;

/** One milestone for each party of a kind; the others are for the whole migration, or one of its sites. */
export const isForParty = ({ forEach }: Pick<Rule, 'forEach'>): boolean =>
  forEach !== 'migration' && forEach !== 'site';
export type MilestoneKind = z.infer<typeof milestoneKindSchema>;
