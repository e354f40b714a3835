import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { supplierEventTypes, type SupplierEventType } from '../../rules/migration/events.js';
import { parseMigrationId } from '../../workflows/migration/ids.js';
import { plainJsonSchema, textLine } from '../plainJson.js';
import { badRequest } from '../problem.js';
import { schemaProblems } from '../schemaProblems.js';

/** Types that mean nothing without the day they are for: a booking holds for one day only. */
const DATED_TYPES: readonly SupplierEventType[] = ['form.received', 'extract.scheduled'];

const fieldsSchema = z.strictObject({
  type: z.enum(supplierEventTypes, `must be one of ${supplierEventTypes.join(', ')}`),
  odsCode: z
    .string()
    .regex(/^[A-Z0-9]{3,10}$/, 'must be an ODS code in capitals, like A12345')
    .exactOptional()
    .describe("The practice's ODS code: means its running migration."),
  migrationId: z
    .string()
    .refine((id) => parseMigrationId(id) !== undefined, 'must be a migration id, like A12345-20270104-k3v9qa')
    .exactOptional()
    .describe('One migration by its id.'),
  product: textLine(100).exactOptional().describe('The product that the extract is from, where you have several here.'),
  date: daySchema.exactOptional().describe('The production day that the form, booking or delivery is for.'),
  data: plainJsonSchema.exactOptional().describe('Anything else worth keeping, such as your own reference.'),
});

const isPractice = (id: string, odsCode: string): boolean => {
  const parts = parseMigrationId(id);
  return parts === undefined || parts.odsCode === odsCode;
};

/** Checks between fields run even when one field is wrong, so that the answer lists everything at once. */
const always = { when: () => true };

/** What a supplier posts. Unknown keys are errors: a misspelt `date` must not be lost. */
export const webhookBodySchema = fieldsSchema
  .refine((body) => body.odsCode !== undefined || body.migrationId !== undefined, {
    ...always,
    path: ['odsCode'],
    message: 'give odsCode, or migrationId, or both',
  })
  .refine((body) => body.date !== undefined || !DATED_TYPES.includes(body.type), {
    ...always,
    path: ['date'],
    message: `is needed for ${DATED_TYPES.join(' and ')}: the production day that it is for, as YYYY-MM-DD`,
  })
  .refine(
    ({ odsCode, migrationId }) =>
      typeof odsCode !== 'string' || typeof migrationId !== 'string' || isPractice(migrationId, odsCode),
    { ...always, path: ['migrationId'], message: 'is a migration of another practice than odsCode names' },
  );

export type WebhookBody = z.infer<typeof webhookBodySchema>;

const NOT_READABLE = 'The body cannot be read.';

function readJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw badRequest(NOT_READABLE, [{ pointer: '', detail: 'must be JSON in UTF-8' }]);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : 'not JSON';
    throw badRequest(NOT_READABLE, [{ pointer: '', detail: `must be JSON: ${reason}` }]);
  }
}

/**
 * Reads a webhook's body.
 *
 * @throws ApiProblem 400 with a pointer to every wrong field
 */
export function readWebhookBody(body: Buffer): WebhookBody {
  const json = readJson(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw badRequest(NOT_READABLE, [{ pointer: '', detail: 'must be a JSON object' }]);
  }
  const parsed = webhookBodySchema.safeParse(json);
  if (!parsed.success) {
    throw badRequest('Some fields are wrong; each is listed with its place.', schemaProblems(parsed.error.issues));
  }
  return parsed.data;
}
