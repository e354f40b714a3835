/** The parts of the API's answers that the commands show. `--json` prints answers whole. */
import { z } from 'zod';

const migration = z.object({
  migrationId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  status: z.string(),
  phase: z.string(),
  nextDeadlineOn: z.string().optional(),
  nextMilestoneId: z.string().optional(),
  slipped: z.number(),
  anchors: z.record(z.string(), z.object({ status: z.string(), on: z.string().optional() })),
});

const milestone = z.object({
  milestoneId: z.string(),
  title: z.string(),
  holderName: z.string(),
  dueOn: z.string().optional(),
  provisional: z.boolean(),
  status: z.string(),
  settledOn: z.string().optional(),
  slippedOn: z.string().optional(),
});

const record = z.object({
  seq: z.number(),
  atMs: z.number(),
  actor: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const listView = z.object({ migrations: z.array(migration), total: z.number() });
export const showView = z.object({ migration, milestones: z.array(milestone) });
export const historyView = z.object({ migrationId: z.string(), audit: z.array(record) });
export const startView = z.object({
  migrationId: z.string(),
  workflowId: z.string(),
  warnings: z.array(z.looseObject({ severity: z.string(), what: z.string() })),
});
export const milestoneView = z.object({ milestoneId: z.string(), status: z.string() });
export const contactView = z.object({ target: z.string() });
export const eventView = z.object({
  migrationId: z.string(),
  milestoneId: z.string(),
  effect: z.string(),
  message: z.string(),
});
