import { z } from 'zod';
import { slugSchema } from '../order/fields.js';
import { ruleChangeSchema } from '../order/ruleChange.js';
import { thirdPartyKindSchema } from '../order/schema.js';
import { blackoutSchema, counterSchema, knownIssueSchema } from './entitySchemas.js';
import { ladderSchema } from './ladderSchema.js';
import { ruleSchema } from './ruleSchema.js';
import { callAfterChasesSchema, ruleSetSchema, turnaroundValueSchema } from './schema.js';

const text = z.string().trim().min(1);

/**
 * What a region, a supplier or an agreement does differently from a rule set. A value that a layer does not name stays as it is.
 *
 * `region` and `optional` layers are named by the order, in the order in which they count; a `supplier` layer by the party that it
 * is of.
 */
export const layerSchema = z.strictObject({
  id: slugSchema,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a version like 1.0.0'),
  title: text,
  /** Id of the rule set that it lies over. */
  over: slugSchema,
  level: z.enum(['region', 'optional', 'supplier']),
  /** Who said so, or where it is written. */
  source: text,
  changes: z.array(ruleChangeSchema).default([]),
  /** Rules that the rule set does not have. */
  rules: z.array(ruleSchema).default([]),
  /** A ladder of a name that the rule set has takes its place. */
  ladders: z.record(slugSchema, ladderSchema).default({}),
  noticePeriods: z.partialRecord(thirdPartyKindSchema, turnaroundValueSchema).default({}),
  extracts: z
    .strictObject({
      sourceSupplierNotice: turnaroundValueSchema.exactOptional(),
      dataSupplierNotice: turnaroundValueSchema.exactOptional(),
      turnaround: z
        .strictObject({
          sendsForm: turnaroundValueSchema.exactOptional(),
          returnsForm: turnaroundValueSchema.exactOptional(),
          confirmsForm: turnaroundValueSchema.exactOptional(),
          schedules: turnaroundValueSchema.exactOptional(),
        })
        .default({}),
    })
    .default({ turnaround: {} }),
  callAfterChases: callAfterChasesSchema.exactOptional(),
  /** One between the same two anchors takes the place of the rule set's. */
  usualDurations: ruleSetSchema.shape.usualDurations.default([]),
  counters: z.array(counterSchema).default([]),
  knownIssues: z.array(knownIssueSchema).default([]),
  blackouts: z.array(blackoutSchema).default([]),
});

export type Layer = z.infer<typeof layerSchema>;
