/** A tracker as orders, for whoever has no command line: looked at alone, nothing is started by it. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { kept } from '../../config/kept.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { loadRuleSet } from '../../config/loadRuleSet.js';
import { todayInLondon } from '../../config/today.js';
import { columnsInText, shippedColumns } from '../../config/tracker/loadColumns.js';
import type { TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import type { FileProblem } from '../../rules/files/problem.js';
import { importAnswer } from '../answers/orders.js';
import { BadCsv } from '../bulk/csv.js';
import { ApiProblem } from '../problem.js';
import { importTracker, type Import } from '../tracker/importTracker.js';

/** Each line is planned while the sender waits: more are for `leadtime import`. */
const MOST_LINES = 500;
const MAX_BYTES = 4 * 1024 * 1024;

const fileText = (what: string) => z.string().min(1).max(MAX_BYTES).describe(what);
const importBody = z.strictObject({
  tracker: fileText('The spreadsheet as CSV: one line for each practice, at most 500.'),
  template: fileText('An order as YAML, without what the lines say.'),
  columns: fileText(
    'What the columns mean, as YAML; see docs/import.md. The shipped columns by default.',
  ).exactOptional(),
  asOf: daySchema.exactOptional().describe('Judge what has passed as of this day; today by default.'),
  doneBefore: daySchema
    .exactOptional()
    .describe('What no column follows, and was due before this day, is taken as done; nothing is by default.'),
});

const refused = (errors: readonly FileProblem[]): ApiProblem =>
  new ApiProblem({
    code: 'import-refused',
    status: 400,
    title: 'The tracker cannot be imported',
    detail: 'Each fault is named with its file and line.',
    errors: [...errors],
  });

async function columnsOf(text: string | undefined): Promise<TrackerColumns> {
  const reading = text === undefined ? await shippedColumns() : columnsInText(text, 'columns');
  if (reading.ok) return reading.value;
  throw refused(reading.problems);
}

async function imported({ tracker, template, columns, ...body }: z.infer<typeof importBody>): Promise<Import> {
  const { asOf = todayInLondon(), doneBefore } = body;
  if (doneBefore !== undefined && doneBefore > asOf) {
    const what = `is after ${asOf}: nothing is done in the future`;
    throw refused([{ file: 'request', line: 1, column: 1, field: 'doneBefore', what, fix: 'name an earlier day' }]);
  }
  try {
    return await importTracker({
      tracker: { file: 'tracker', text: tracker },
      template: { file: 'template', text: template },
      columns: await columnsOf(columns),
      asOf,
      mostLines: MOST_LINES,
      planWith: { calendar: await loadCalendar(), loadRuleSet: kept(loadRuleSet) },
      ...(doneBefore !== undefined && { doneBefore }),
    });
  } catch (error) {
    throw error instanceof BadCsv ? refused(error.problems) : error;
  }
}

/** `POST /api/orders/import`. For a viewer too: nothing comes of it. */
export const importRoutes: FastifyPluginAsyncZod = async (app) => {
  app.post(
    '/orders/import',
    {
      bodyLimit: 2 * MAX_BYTES,
      config: { role: 'viewer' },
      schema: {
        summary:
          'A tracker spreadsheet as orders: those of the lines that are right, and what is wrong with the others',
        tags: ['orders'],
        body: importBody,
        response: { 200: importAnswer },
      },
    },
    async ({ body }) => imported(body),
  );
};
