/** What an order would come to. The large parts have the shapes of the rules: `Plan`, `Feasibility`, `Explanation`, `TraceEntry`. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { fileProblem, planProblem } from './parts.js';

export const planAnswer = z.object({
  wouldBeRefused: z.boolean().describe('A latest start has passed, and nobody has accepted that risk.'),
  asOf: daySchema,
  problems: z.array(planProblem),
  feasibility: z.unknown().optional().describe('Whether the days hold, the chain that decides it, the earliest days.'),
  plan: z.unknown().describe('Every milestone with its days, steps and reminders.'),
});
export const packAnswer = z.object({
  wouldBeRefused: z.boolean(),
  asOf: daySchema,
  files: z
    .array(z.object({ name: z.string().describe('Name within the folder.'), title: z.string(), text: z.string() }))
    .describe(
      'index.html links the others: plan, contacts, agenda, a poster for each site, texts for patients, calendar.ics.',
    ),
});
export const importAnswer = z.object({
  orders: z.array(
    z.object({
      practice: z.string().describe('Its ODS code.'),
      line: z.int().describe('Of the tracker.'),
      text: z.string().describe('The order, as POST /api/migrations and the bulk start take it.'),
      takenAsDone: z.array(z.string()).describe('Milestones that no column follows, and that were due.'),
      warnings: z.int().describe('What its plan warns of: it can start all the same.'),
    }),
  ),
  problems: z.array(fileProblem).describe('Of the lines that are no order: file, line and column of each fault.'),
  notRead: z.array(z.string()).describe('Columns of the tracker from which nothing was read.'),
});
export const explanationAnswer = z.object({
  explanation: z.unknown().describe('Rule, layer, source, anchor, every step.'),
});
export const rehearsalAnswer = z.object({
  migrationId: z.string(),
  asOf: daySchema,
  summary: z.unknown(),
  trace: z.array(z.unknown()).describe('Everything that happens, in order of time.'),
});
