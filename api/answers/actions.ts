/** What is answered once something has been said to a migration: it is in its history. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { countTrend } from './migrations.js';
import { milestoneStatus, planProblem } from './parts.js';

export const startedAnswer = z.object({
  migrationId: z.string(),
  workflowId: z.string(),
  warnings: z.array(planProblem),
});
export const milestoneAnswer = z.object({ milestoneId: z.string(), status: milestoneStatus });
export const decisionAnswer = milestoneAnswer.extend({
  resting: z.array(milestoneAnswer).describe('What rests on the decision, as it stands after it.'),
});
export const countsAnswer = z.object({ counts: z.array(countTrend) });
export const itemAnswer = milestoneAnswer.extend({ dueOn: daySchema.exactOptional() });
export const cancelledAnswer = z.object({ status: z.literal('cancelled') });
export const contactAnswer = z.object({ target: z.string() });
export const bounceAnswer = milestoneAnswer.extend({ migrationId: z.string() });
export const takenAnswer = z.object({ taken: z.boolean() });
export const revokedAnswer = z.object({ role: z.string(), generation: z.int() });
export const eventAnswer = z.object({
  webhookId: z.string(),
  migrationId: z.string(),
  milestoneId: z.string(),
  effect: z
    .enum(['done', 'mismatch', 'reopened', 'noted'])
    .describe('mismatch: noted, but for another day than the anchor. noted: no effect, it is past that already.'),
  message: z.string(),
});
