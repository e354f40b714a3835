/** What is asked of each practice in an operation on many, as the API takes it. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { mostBulkRows } from '../../rules/bulk/bulk.js';
import { movableAnchors } from '../../rules/migration/redate/redate.js';
import { adoptBody, moveSchema } from '../operator/redateBodies.js';
import { doneBody } from '../operator/requests.js';
import { freeText, textLine } from '../plainJson.js';

/** The order files of a thousand practices and more. */
export const MAX_BULK_BYTES = 16 * 1024 * 1024;

const PRACTICE = /^(?:[A-Z0-9]{3,10}|(?:rehearsal-)?[A-Z0-9]{3,10}-\d{8}-[a-z0-9]{6})$/;

const practice = z
  .string()
  .max(100)
  .regex(PRACTICE, 'must be an ODS code, like A12345, or a migration id, like A12345-20270104-k3v9qa')
  .describe('An ODS code, or a migration id.');
const line = z.int().min(1).max(100_000_000).exactOptional().describe('The line of your file, to find it again.');
const reason = freeText(500).describe('Why, in one line.');

export const startRow = z.strictObject({
  line,
  fileName: textLine(300).describe('Name of the order file, for messages about it.'),
  text: z.string().max(1_000_000).describe('The order, YAML or JSON.'),
  asOf: daySchema.exactOptional().describe('The day from which "already passed" is judged; today by default.'),
});

export const doneRow = doneBody
  .omit({ by: true })
  .extend({ line, practice, milestone: textLine(1_000).describe('The milestone id, as `leadtime show` prints it.') });

export const cancelRow = z.strictObject({ line, practice, reason });

export const redateRow = z.strictObject({
  line,
  practice,
  moves: z.array(moveSchema).min(1).max(movableAnchors.length).describe('All of them are one move.'),
  keepDistance: z.boolean().exactOptional().describe('Later days that are not named move by as many working days.'),
  reason,
  acceptRisks: z.boolean().default(false).describe('`by` takes on the risks of the plan.'),
});

export const adoptRow = adoptBody.extend({
  line,
  practice,
  reason,
  acceptRisks: z.boolean().default(false).describe('`by` takes on the risks of the plan.'),
});

const rowsOf = <Row extends z.ZodType>(row: Row) =>
  z
    .array(row)
    .min(1, 'must have at least one row')
    .max(mostBulkRows, `must be at most ${mostBulkRows} rows: ask for the rest in another operation`)
    .exactOptional();

export const bulkBody = z.strictObject({
  by: freeText().describe('Who asks: every migration’s audit trail shows it.'),
  dryRun: z.boolean().default(false).describe('Ask each migration what would happen, and change nothing.'),
  start: rowsOf(startRow),
  done: rowsOf(doneRow),
  cancel: rowsOf(cancelRow),
  redate: rowsOf(redateRow),
  adopt: rowsOf(adoptRow),
});

export type BulkBody = z.infer<typeof bulkBody>;
export type StartRow = z.infer<typeof startRow>;
export type DoneRow = z.infer<typeof doneRow>;
export type RedateRow = z.infer<typeof redateRow>;
