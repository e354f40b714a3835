/** The parts of a rule set beside its rules: counters, known data issues, blackouts, and things added on the way. */
import { z } from 'zod';
import { daySchema } from '../calendar/daySchema.js';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { slugSchema } from '../order/fields.js';
import { anchorNameSchema } from '../order/schema.js';

const text = z.string().trim().min(1);

/** A number that the practice reports, never anything about a patient: `inbox`, `duplicates`. */
export const counterSchema = z.strictObject({ id: slugSchema, title: text, source: text });

/** What usually goes wrong with data that move from one system to another. `any` stands for every system. */
export const knownIssueSchema = z.strictObject({
  id: slugSchema,
  from: slugSchema,
  to: slugSchema,
  issue: text,
  advice: text,
  source: text,
});

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a month and day like 03-31');

/** Days on which no anchor should lie, first and last inclusive: once, or every year. */
export const blackoutSchema = z.strictObject({
  id: slugSchema,
  title: text,
  from: z.union([daySchema, monthDay]),
  to: z.union([daySchema, monthDay]),
  /** Only these anchors; every one where it is left out. */
  anchors: z.array(anchorNameSchema).min(1).optional(),
  source: text,
});

/** Something that is added while the migration runs: what the survey asked for, or an action of a meeting. */
export const itemRuleSchema = z.strictObject({
  section: text,
  source: text,
  /** Where the item itself names no day; negative is before. */
  due: leadTimeSchema.extend({ from: anchorNameSchema }),
  /** By who holds the item: the practice, the CSU, or a party. */
  ladders: z.strictObject({ practice: slugSchema, csu: slugSchema, party: slugSchema }),
  /** Holds `{item}`, and may hold `{site}`. */
  title: text,
  action: text,
  assumed: z.boolean().default(false),
});

export type Blackout = z.infer<typeof blackoutSchema>;
export type ItemRule = z.infer<typeof itemRuleSchema>;
