/** What is answered for meetings and mornings. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { atMs, milestoneStatus } from './parts.js';

const item = z.object({
  milestoneId: z.string(),
  title: z.string(),
  holder: z.string(),
  holderName: z.string(),
  dueOn: daySchema.exactOptional(),
  provisional: z.boolean(),
  status: milestoneStatus,
  settledOn: daySchema.exactOptional(),
  settledBy: z.string().exactOptional(),
});

export const weekAnswer = z.object({
  migrationId: z.string(),
  today: daySchema.describe('Of a rehearsal: the day of the last thing that happened.'),
  since: daySchema,
  until: daySchema,
  done: z.array(item),
  late: z.array(item),
  due: z.array(item),
  holders: z
    .array(
      z.object({
        holder: z.string(),
        holderName: z.string(),
        open: z.int(),
        late: z.int(),
        nextDueOn: daySchema.exactOptional(),
        next: z.string().exactOptional(),
      }),
    )
    .describe('Who holds what is open, the most late first.'),
  changes: z
    .array(
      z.object({
        atMs,
        by: z.string(),
        type: z.string().describe('Of the audit record.'),
        milestoneId: z.string().exactOptional(),
        text: z.string(),
      }),
    )
    .describe('What has changed since then, the newest first.'),
});

const ringItem = z.object({
  migrationId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  milestoneId: z.string(),
  title: z.string(),
  dueOn: daySchema.exactOptional(),
  lateWorkingDays: z.int().exactOptional(),
  chases: z.int().describe('How often they were written to about it without an answer.'),
  isCallTask: z.boolean().describe('They are to be told by hand.'),
});

export const ringListAnswer = z.object({
  today: daySchema,
  owner: z.string().exactOptional(),
  calls: z
    .array(
      z.object({
        whom: z.string().describe('practice, csu (nobody is rung: it is ours to do), or a party’s id.'),
        whomName: z.string(),
        person: z
          .object({
            name: z.string(),
            phone: z.string().exactOptional(),
            email: z.string().exactOptional(),
            insteadOf: z.object({ name: z.string(), until: daySchema }).exactOptional(),
          })
          .exactOptional()
          .describe('Absent where it is ours to do, and where the migration could not be asked.'),
        isCritical: z.boolean().describe('A production day or Go Live cannot be met without one of them.'),
        script: z.array(z.string()).describe('What to say, in two sentences; empty where nobody is rung.'),
        items: z.array(ringItem),
      }),
    )
    .describe('The most urgent first.'),
  takenOn: z.int().describe('Slips that somebody has in hand: nobody is rung about them.'),
  unasked: z.array(z.string()).describe('Migrations that could not be asked: their numbers are not known.'),
  more: z.int().describe('How many practices’ matters are further down and were not looked at.'),
});
