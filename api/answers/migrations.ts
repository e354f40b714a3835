/** What is answered about migrations: the shapes of 2xx bodies, for the OpenAPI document and the compiler. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { messageKinds } from '../../rules/migration/messages.js';
import { decisionOutcomes, phases } from '../../rules/migration/events.js';
import { ratings } from '../../rules/portfolio/standing.js';
import { anchor, atMs, milestoneStatus } from './parts.js';

const listed = z.object({
  migrationId: z.string(),
  asOfSeq: z.int().describe('Number of the audit record up to which the register knows it.'),
  workflowId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  rehearsal: z.boolean(),
  status: z.enum(['running', 'completed', 'cancelled']),
  phase: z.enum(phases),
  onHoldSince: daySchema.exactOptional().describe('Absent while it is not on hold.'),
  division: z.string(),
  icb: z.string(),
  sourceSupplierId: z.string(),
  targetSupplierId: z.string(),
  sourceSupplierName: z.string().exactOptional(),
  targetSupplierName: z.string().exactOptional(),
  instanceId: z.string().exactOptional().describe('The instance that it shares with other practices.'),
  ruleSet: z.string().describe('Id and version, like gp-england@1.3.0.'),
  calendarVersion: z.string(),
  dateVersion: z.int().describe('Rises by one each time that days move.'),
  startedAtMs: atMs,
  nextDeadlineOn: daySchema.exactOptional(),
  nextMilestoneId: z.string().exactOptional(),
  nextTitle: z.string().exactOptional(),
  criticalOn: daySchema.exactOptional().describe('The same, among what an anchor cannot be met without.'),
  criticalMilestoneId: z.string().exactOptional(),
  criticalTitle: z.string().exactOptional(),
  slipped: z.int().describe('Open milestones that have slipped.'),
  delayHolders: z.array(z.string()).exactOptional().describe('Who holds them: practice, csu, or ids of parties.'),
  owner: z.string().exactOptional(),
  operatorKey: z.string().exactOptional(),
  mailDomain: z.string().exactOptional(),
  closedAtMs: atMs.exactOptional(),
  anchors: z.record(z.string(), anchor),
});

const standing = z.object({
  rating: z.enum(ratings),
  reason: z.string(),
  slackWorkingDays: z.int().exactOptional().describe('Up to the next deadline; negative once it has passed.'),
});

export const listAnswer = z.object({
  migrations: z.array(listed.extend({ standing: standing.optional() })),
  total: z.int().describe('On all pages together.'),
});

const asItStands = z.object({
  milestoneId: z.string(),
  title: z.string(),
  kind: z.string(),
  holderName: z.string(),
  opensOn: daySchema.exactOptional(),
  dueOn: daySchema.exactOptional(),
  provisional: z.boolean(),
  status: milestoneStatus,
  settledOn: daySchema.exactOptional(),
  settledBy: z.string().exactOptional(),
  slippedOn: daySchema.exactOptional(),
});

const milestone = asItStands.extend({
  ruleId: z.string(),
  holder: z.string(),
  partyId: z.string().exactOptional(),
  anchor: z.string(),
  calendarSequence: z.int().exactOptional(),
  calendarChangedAtMs: atMs.exactOptional(),
});

export const migrationAnswer = z.object({
  migration: listed,
  milestones: z.array(milestone),
  temporalPage: z.string().exactOptional().describe('Where its workflow is to be seen in Temporal’s own pages.'),
});

const message = z.object({
  key: z.string(),
  messageId: z.string(),
  kind: z.enum(messageKinds),
  toKey: z.string().describe('The role, never the address.'),
  outcome: z.enum(['sent', 'undeliverable']),
  mayHaveRepeated: z.boolean(),
  sentAtMs: atMs,
  milestoneIds: z.array(z.string()),
});

export const messagesAnswer = z.object({ migrationId: z.string(), messages: z.array(message) });

const reported = z.object({ value: z.int(), on: daySchema });

export const countTrend = reported.extend({
  counterId: z.string(),
  title: z.string(),
  before: reported.exactOptional(),
  direction: z.enum(['falling', 'rising', 'unchanged']).exactOptional(),
  threshold: z.int().exactOptional(),
});

const rung = z.object({
  id: z.string(),
  type: z.string(),
  to: z.string(),
  on: daySchema.exactOptional(),
  state: z.enum(['sent', 'superseded', 'waiting']),
});

const timelineEntry = asItStands.extend({
  slipAcknowledged: z
    .object({ by: z.string(), on: daySchema, note: z.string().exactOptional() })
    .exactOptional()
    .describe('Who has taken its slip on.'),
  chasedOn: z.array(daySchema).exactOptional().describe('When its party was written to without an answer.'),
  statedDate: daySchema.exactOptional().describe('A form or booking named this day, and not the anchor’s.'),
  replaces: daySchema.exactOptional().describe('It was done for this day before that moved.'),
  acknowledgedOn: daySchema.exactOptional(),
  loadedOn: daySchema.exactOptional(),
  outcome: z.enum(decisionOutcomes).exactOptional(),
  counts: z.array(countTrend).exactOptional(),
  advice: z.array(z.string()).exactOptional(),
  rungs: z.array(rung),
});

export const timelineAnswer = z.object({ timeline: z.array(timelineEntry) });
