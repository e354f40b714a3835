/** How a date came about, as it is answered. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { decisionOutcomes } from '../../rules/migration/events.js';

const versioned = z.object({ id: z.string(), version: z.string() });
const replaced = z.object({ layer: z.string(), value: z.string(), source: z.string() });

const step = z.object({
  amount: z.number(),
  unit: z.enum(['weeks', 'days', 'workingDays', 'months', 'hours']),
  from: daySchema,
  to: daySchema,
  why: z.string(),
  roll: z.enum(['before', 'after', 'none']).describe('Where a day that is not worked goes, after this step.'),
  value: z.string().exactOptional().describe('Name of the number, where a layer or the order gave it.'),
  part: z.string().exactOptional().describe('Which part of an exchange with a supplier it is.'),
  calendarOf: z.string().describe('Whose closures count: a holder, or everyone.'),
  source: z.string(),
  layer: z.string().describe('Which of rule set, layers and order gave the number.'),
  assumed: z.boolean().describe('No public source fixes the number.'),
  isHandOver: z.boolean().describe('Hands the day over to somebody who works on it; moves it by nothing of its own.'),
  days: z.array(z.object({ day: daySchema, counted: z.boolean(), why: z.string() })),
  replaced: z.array(replaced),
});

export const explanationAnswer = z.object({
  milestoneId: z.string(),
  title: z.string(),
  action: z.string(),
  ruleId: z.string(),
  kind: z.string(),
  section: z.string().describe('Of the guide.'),
  source: z.string(),
  alsoSeen: z.array(z.string()).describe('What other sources say.'),
  ruleSet: versioned,
  layers: z.array(versioned),
  layer: z.string(),
  layerSource: z.string().describe('Why that layer has it so.'),
  replaced: z.array(replaced).describe('What the rule was before, the newest first.'),
  calendar: versioned,
  assumed: z.boolean(),
  anchor: z.string(),
  anchorStatus: z.string(),
  countedFrom: daySchema.exactOptional(),
  opensOn: daySchema.exactOptional(),
  opensFrom: z.object({ anchor: z.string(), on: daySchema }).exactOptional(),
  openingSteps: z.array(step).exactOptional(),
  steps: z.array(step),
  dueOn: daySchema.exactOptional(),
  follows: z
    .object({
      event: z.string(),
      plannedOn: z.string(),
      on: daySchema.exactOptional(),
      dates: z.array(z.enum(['opensOn', 'dueOn'])),
    })
    .exactOptional()
    .describe('It is dated anew once that has happened.'),
  leftAlone: z.array(z.object({ which: z.enum(['opensOn', 'dueOn']), day: daySchema, why: z.string() })),
  provisional: z.boolean(),
  needsConfirmedDate: z.boolean().describe('Nothing goes out before its anchor’s day is confirmed.'),
  forDay: daySchema.exactOptional().describe('The day that a form or booking has to name, or that is confirmed.'),
  namesDay: z.boolean().describe('A form or booking names a day: whoever marks it done says which.'),
  outcomes: z.array(z.enum(decisionOutcomes)).describe('What can be decided; empty where nothing is.'),
  canBeWaived: z.boolean(),
  waitsFor: z.array(z.string()),
  advice: z.array(z.string()),
});
