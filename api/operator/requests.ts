import { createHash, randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { decisionOutcomes, supplierEventTypes } from '../../rules/migration/events.js';
import { slugSchema } from '../../rules/order/fields.js';
import { itemSchema, partySchema } from '../../rules/order/schema.js';
import { parseMigrationId } from '../../workflows/migration/ids.js';
import type { MigrationTarget } from '../migrations.js';
import { absentProblem } from '../outcomes.js';
import { freeText, plainJsonSchema, textLine, wantedText } from '../plainJson.js';
import { badRequest } from '../problem.js';

const by = freeText().describe('Who says so: a name, as the audit trail shows it.');
const reason = freeText(500).describe('Why, in one line.');

export const migrationParams = z.object({
  id: wantedText(1_000).describe('A migration id, like A12345-20270104-k3v9qa, or an ODS code.'),
});
export const milestoneParams = migrationParams.extend({
  milestone: wantedText(1_000).describe('The milestone id, as `leadtime show` prints it.'),
});

const outcome = z.enum(decisionOutcomes);

export const doneBody = z.strictObject({
  on: daySchema.exactOptional().describe('The day it was done; the migration’s own today unless given.'),
  by,
  reference: freeText().exactOptional().describe('Reference of the call, portal request or letter.'),
  forDate: daySchema.exactOptional().describe('The production day that a form or booking names.'),
  outcome: outcome.exactOptional().describe('What was decided, where the milestone is a decision.'),
  signedBy: freeText().exactOptional().describe('Who signed, where that is somebody else: the lead clinician.'),
});

export const countsBody = z.strictObject({
  values: z
    .record(slugSchema, z.int().min(0).max(10_000_000))
    .refine((values) => Object.keys(values).length <= 100, 'must be at most 100 counters')
    .describe('How many, by counter: {"duplicates": 12, "inbox": 40}. Numbers alone, never anything about a patient.'),
  on: daySchema.exactOptional().describe('The day on which they were counted; the migration’s own today unless given.'),
  by,
});

export const decisionParams = migrationParams.extend({ decision: z.enum(['reconciliation']) });

export const decisionBody = z.strictObject({
  outcome,
  by,
  on: daySchema.exactOptional().describe('The day it was decided; the migration’s own today unless given.'),
  reference: freeText().exactOptional().describe('Where it is written down.'),
});

export const itemBody = z.strictObject({
  kind: z.enum(['survey', 'action']).describe('What the technical survey asked for, or an action of a meeting.'),
  id: slugSchema.describe('Makes the milestone’s id: survey.ID or action.ID.'),
  title: itemSchema.shape.title.describe('What has to be done, without anything about a patient.'),
  owner: itemSchema.shape.owner.describe('practice, csu, or a party’s id.'),
  siteId: slugSchema.exactOptional(),
  dueOn: daySchema.exactOptional().describe('An action needs it; a survey item is due by the rule unless given.'),
  by,
});

export const reasonBody = z.strictObject({ by, reason });

export const contactBody = z.strictObject({
  target: textLine(80).describe('practiceManager, csuOperator, csuManager, leadClinician, PARTY.contact, …'),
  contact: partySchema.shape.contact.unwrap(),
  by,
});

export const eventBody = z.strictObject({
  supplierId: slugSchema.describe('The party whose word it is.'),
  type: z.enum(supplierEventTypes),
  product: textLine(100).exactOptional(),
  date: daySchema.exactOptional().describe('The production day that it is for.'),
  data: plainJsonSchema.exactOptional(),
  by,
});

/** A large order with many parties is some tens of kilobytes. */
export const MAX_ORDER_BYTES = 1024 * 1024;

export const startBody = z.strictObject({
  fileName: textLine(300).describe('Name of the order file, for messages about it.'),
  text: z.string().max(1_000_000).describe('The order, YAML or JSON.'),
  asOf: daySchema.exactOptional().describe('The day from which "already passed" is judged; today by default.'),
  speed: textLine(40).exactOptional().describe('Makes it a rehearsal: `1d=1s` passes a day in a second.'),
});

/** The Idempotency-Key, when the sender gave one. @throws ApiProblem 400 */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,100}$/.test(key)) return key;
  const detail = 'must be 1 to 100 printable characters without spaces';
  throw badRequest('A header is wrong.', [{ header: 'idempotency-key', detail }]);
}

/** Enough that two bodies under one key are two requests. */
const DIGITS = 16;

/**
 * The id that makes a repeat of this request harmless: of the Idempotency-Key and what is asked under it, or a new one. Something
 * else under the same key is another request: to answer it with the first one's answer would lose it.
 *
 * @throws ApiProblem 400
 */
export function requestIdOf(request: FastifyRequest): string {
  const key = idempotencyKeyOf(request);
  if (key === undefined) return randomUUID();
  const asked = createHash('sha256').update(JSON.stringify([request.body]));
  return `${key}-${asked.digest('hex').slice(0, DIGITS)}`;
}

/** Whom an address means: a migration by its id, or a practice's by its ODS code. @throws ApiProblem 404 */
export function targetOf(id: string): MigrationTarget {
  if (parseMigrationId(id) !== undefined) return { migrationId: id };
  if (/^[A-Z0-9]{3,10}$/.test(id)) return { odsCode: id };
  throw absentProblem('unknown', `"${id}" is no migration id, like A12345-20270104-k3v9qa, and no ODS code.`);
}

export const acknowledgementBody = z.strictObject({
  by: by.describe('The operator who takes it on.'),
  note: freeText(500).exactOptional().describe('What is being done about it, in one line.'),
});

/** Which part of an audit trail. */
export const historyQuery = z.object({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('Only records with a higher number.'),
  limit: z.coerce.number().int().min(1).max(1_000_000).exactOptional().describe('At most so many; all unless given.'),
});
