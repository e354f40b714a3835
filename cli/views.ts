/** The parts of the API's answers that the commands show. `--json` prints answers whole. */
import { z } from 'zod';

const migration = z.object({
  migrationId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  status: z.string(),
  phase: z.string(),
  onHoldSince: z.string().optional(),
  nextDeadlineOn: z.string().optional(),
  nextMilestoneId: z.string().optional(),
  slipped: z.number(),
  icb: z.string(),
  sourceSupplierId: z.string(),
  targetSupplierId: z.string(),
  instanceId: z.string().optional(),
  owner: z.string().optional(),
  delayHolders: z.array(z.string()).optional(),
  standing: z.object({ rating: z.string(), reason: z.string(), slackWorkingDays: z.number().optional() }).optional(),
  anchors: z.record(z.string(), z.object({ status: z.string(), on: z.string().optional() })),
});

const milestone = z.object({
  milestoneId: z.string(),
  title: z.string(),
  holderName: z.string(),
  opensOn: z.string().optional(),
  dueOn: z.string().optional(),
  provisional: z.boolean(),
  status: z.string(),
  settledOn: z.string().optional(),
  slippedOn: z.string().optional(),
});

// Its hashes travel along for --json.
const record = z.looseObject({
  seq: z.number(),
  atMs: z.number(),
  actor: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
});

export const listView = z.object({ migrations: z.array(migration), total: z.number() });
export const showView = z.object({ migration, milestones: z.array(milestone), temporalPage: z.string().optional() });
export const historyView = z.object({ migrationId: z.string(), audit: z.array(record) });
export type HistoryView = z.infer<typeof historyView>;
export const holdersView = z.object({
  holders: z.array(
    z.object({
      holder: z.string(),
      holderName: z.string(),
      migrations: z.number(),
      open: z.number(),
      late: z.number(),
      nextDueOn: z.string().optional(),
    }),
  ),
});
export const collisionsView = z.object({
  capacity: z.number(),
  days: z.array(
    z.object({
      supplierId: z.string(),
      on: z.string(),
      practices: z.array(z.string()),
      capacity: z.number(),
      stated: z.string().optional(),
    }),
  ),
});
const token = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: z.string(),
  createdBy: z.string(),
  expiresAtMs: z.number(),
  revokedAtMs: z.number().optional(),
});
export const tokensView = z.object({ tokens: z.array(token) });
export const createdTokenView = token.extend({ token: z.string() });
export const signInLinkView = z.object({ url: z.string(), expiresAtMs: z.number() });
export const sessionsView = z.object({
  sessions: z.array(
    z.object({
      sessionId: z.string(),
      name: z.string(),
      role: z.string(),
      way: z.string(),
      createdAtMs: z.number(),
      seenAtMs: z.number(),
      expiresAtMs: z.number(),
    }),
  ),
});
export const chainsView = z.object({ chains: z.array(z.string()) });
export const auditVerdictView = z.object({
  chain: z.string(),
  records: z.number(),
  ok: z.boolean(),
  comparedWithMigration: z.boolean(),
  end: z.object({ seq: z.number(), hash: z.string() }).optional(),
  firstBadSeq: z.number().optional(),
  what: z.enum(['changed', 'removed']).optional(),
  record: z.object({ atMs: z.number(), actor: z.string(), type: z.string() }).optional(),
});
export const startView = z.object({
  migrationId: z.string(),
  workflowId: z.string(),
  warnings: z.array(z.looseObject({ severity: z.string(), what: z.string() })),
});
export const milestoneView = z.object({ milestoneId: z.string(), status: z.string() });
/** A counter as last reported, beside the report before. */
const countTrend = z.object({
  counterId: z.string(),
  title: z.string(),
  value: z.number(),
  on: z.string(),
  before: z.object({ value: z.number(), on: z.string() }).exactOptional(),
  direction: z.enum(['falling', 'rising', 'unchanged']).exactOptional(),
  threshold: z.number().exactOptional(),
});

const settled = z.object({ milestoneId: z.string(), status: z.string() });
export const countsView = z.object({ counts: z.array(countTrend) });
export const decisionView = settled.extend({ resting: z.array(settled) });
export const itemView = settled.extend({ dueOn: z.string().optional() });
export const timelineView = z.object({
  timeline: z.array(
    z.object({
      milestoneId: z.string(),
      status: z.string(),
      slipAcknowledged: z.object({ by: z.string(), on: z.string(), note: z.string().optional() }).optional(),
      counts: z.array(countTrend).optional(),
      advice: z.array(z.string()).optional(),
    }),
  ),
});
export const linkView = z.object({ url: z.string(), until: z.string() });
/** `practices`: of an operator's calendar. */
export const feedView = z.object({ url: z.string(), webcal: z.string(), practices: z.number().exactOptional() });
export const contactView = z.object({ target: z.string() });
export const eventView = z.object({
  migrationId: z.string(),
  milestoneId: z.string(),
  effect: z.string(),
  message: z.string(),
});
