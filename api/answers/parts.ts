/** Parts that several answers have. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';

export const atMs = z.number().describe('Milliseconds since 1970, UTC.');

export const milestoneStatus = z.enum(['open', 'done', 'waived', 'cleared', 'passed', 'rejected']);

export const anchor = z.object({ status: z.string(), on: daySchema.optional() });

/** Something that is wrong with a file or a plan. */
export const fileProblem = z.object({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  field: z.string().describe('Like parties[2].noticePeriod; empty for the file as a whole.'),
  what: z.string(),
  fix: z.string(),
});
export const planProblem = fileProblem.extend({
  severity: z.enum(['error', 'risk', 'warning']),
  code: z.string(),
  milestoneId: z.string().exactOptional(),
});
