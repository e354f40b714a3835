import { z } from 'zod';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { anchorNames, followedEvents } from './anchorNames.js';
import { slugSchema, words } from './fields.js';

/** Looser than an id, so that a mistyped anchor is told of as one. */
const ruleNameSchema = z
  .string()
  .regex(/^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$/, 'must be an anchor like goLive, or the id of a rule like links-off')
  .max(40);

/** What a day is counted from: an anchor, an event, or another rule. Whether there is such a rule is checked with all of them. */
export const dayNameSchema = z.union([z.enum(anchorNames), z.enum(followedEvents), ruleNameSchema]);

/** What a layer or an order changes about one rule; what is left out stays. */
export const ruleChangeSchema = z.strictObject({
  rule: slugSchema,
  /** False: the rule does not count here. */
  applies: z.boolean().optional(),
  title: words(300).optional(),
  action: words(500).optional(),
  due: leadTimeSchema.partial().extend({ from: dayNameSchema.optional() }).optional(),
  opens: leadTimeSchema.partial().extend({ from: dayNameSchema.optional() }).optional(),
  holder: z.enum(['practice', 'csu', 'party', 'sourceSupplier', 'targetSupplier']).optional(),
  ladder: slugSchema.optional(),
  /** `nothing`: the anchor no longer waits for it. */
  blocks: z.enum(['goLive', 'finalDataProduction', 'nothing']).optional(),
  /** What other sources say, beside what the rule has seen already. */
  alsoSeen: z.array(words(500)).optional(),
  /** Why it is different here, or who said so. */
  source: words(500),
  assumed: z.boolean().optional(),
});

export type RuleChange = z.infer<typeof ruleChangeSchema>;
