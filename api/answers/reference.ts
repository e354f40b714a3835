/** What is answered about rules and bank holidays. The large parts have the shapes of `RulesShown`. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { DIVISIONS } from '../../rules/calendar/division.js';
import { planProblem } from './parts.js';

const versioned = z.object({ id: z.string(), version: z.string() });

export const rulesAnswer = z.object({
  ruleSet: versioned,
  layers: z.array(versioned).describe('Over it, in the order in which they count.'),
  rules: z
    .array(z.unknown())
    .describe('Every rule: its days, holder, ladder, source, layer and what it took the place of.'),
  leftOut: z.array(z.unknown()).describe('Rules that a layer or the order leaves out.'),
  values: z.array(z.unknown()).describe('Notices and turnarounds, and what is assumed.'),
  ladders: z.array(z.unknown()).describe('Who is reminded and escalated to, and when.'),
  blackouts: z.array(z.unknown()).describe('Days on which no anchor should lie.'),
});

export const rulesCheckAnswer = z.object({
  kind: z.enum(['rule set', 'layer']),
  name: z.string().describe('Id and version; empty where the file has none that can be read.'),
  usable: z.boolean(),
  problems: z.array(planProblem.omit({ code: true, milestoneId: true })),
});

export const calendarAnswer = z.object({
  ok: z.boolean().describe('It can be relied on: no finding is a warning.'),
  asOf: daySchema,
  id: z.string(),
  version: z.string(),
  source: z.string(),
  sourceUrl: z.string().optional(),
  retrievedOn: daySchema.optional(),
  sha256: z.string().optional(),
  from: daySchema,
  horizon: daySchema.describe('The last day that is known: no plan reaches beyond it.'),
  divisions: z.record(
    z.enum(DIVISIONS),
    z.object({ days: z.int(), first: daySchema.exactOptional(), last: daySchema.exactOptional() }),
  ),
  findings: z.array(
    z.object({
      severity: z.enum(['warning', 'note']),
      division: z.enum(DIVISIONS).exactOptional(),
      message: z.string(),
    }),
  ),
});
