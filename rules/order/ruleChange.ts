import { z } from 'zod';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { anchorNames, followedEvents } from './anchorNames.js';
import { line, slugSchema } from './fields.js';

const dayNameSchema = z.union([z.enum(anchorNames), z.enum(followedEvents), slugSchema]);

/** What a layer or an order changes about one rule; what is left out stays. */
export const ruleChangeSchema = z.strictObject({
  rule: slugSchema,
  /** False: the rule does not count here. */
  applies: z.boolean().optional(),
  title: line(300).optional(),
  action: line(500).optional(),
  due: leadTimeSchema.partial().extend({ from: dayNameSchema.optional() }).optional(),
  opens: leadTimeSchema.partial().extend({ from: dayNameSchema.optional() }).optional(),
  holder: z.enum(['practice', 'csu', 'party', 'sourceSupplier', 'targetSupplier']).optional(),
  ladder: slugSchema.optional(),
  /** `nothing`: the anchor no longer waits for it. */
  blocks: z.enum(['goLive', 'finalDataProduction', 'nothing']).optional(),
  /** What other sources say, beside what the rule has seen already. */
  alsoSeen: z.array(line(500)).optional(),
  /** Why it is different here, or who said so. */
  source: line(500),
  assumed: z.boolean().optional(),
});

export type RuleChange = z.infer<typeof ruleChangeSchema>;
