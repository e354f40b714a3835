/** What is answered about operations on many practices. */
import { z } from 'zod';
import { bulkOperations, bulkRowStatuses, bulkStates } from '../../rules/bulk/bulk.js';
import { atMs } from './parts.js';

export const bulkAnswer = z.object({
  bulkId: z.string(),
  operation: z.enum(bulkOperations),
  dryRun: z.boolean().describe('It only asks what would happen: a row that is done would succeed.'),
  by: z.string(),
  askedAtMs: atMs,
  state: z
    .enum(bulkStates)
    .describe('waiting: not begun. ended: no row waits. stopped: by somebody; the rest of the rows wait.'),
  endedAtMs: atMs.exactOptional(),
  total: z.int(),
  done: z.int(),
  failed: z.int(),
  waiting: z.int(),
});

export const bulkLookAnswer = bulkAnswer.extend({
  temporalPage: z.string().exactOptional().describe('Where its workflow is to be seen in Temporal’s own pages.'),
});

export const bulksAnswer = z.object({ operations: z.array(bulkAnswer) });

const row = z.object({
  row: z.int().describe('From 1, in the order of the request.'),
  line: z.int().exactOptional(),
  practice: z.string(),
  subject: z.string().describe('What of it: a milestone, days, the name of an order file.'),
  status: z.enum(bulkRowStatuses),
  code: z.string().exactOptional().describe('Of a failure: the code that the same request for one migration has.'),
  detail: z.string().exactOptional().describe('What happened, or why not.'),
  migrationId: z.string().exactOptional(),
  atMs: atMs.exactOptional(),
});

export const bulkRowsAnswer = z.object({ bulkId: z.string(), rows: z.array(row) });
