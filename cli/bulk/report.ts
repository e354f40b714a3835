/** What came of an operation, for people. */
import type { z } from 'zod';
import { bulkRowsAnswer } from '../../api/answers/bulk.js';
import { step } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { instant, table } from '../table.js';
import type { BulkView } from './follow.js';

type Row = z.infer<typeof bulkRowsAnswer>['rows'][number];

const PAGE = 1_000;
/** So many rows of a dry run are shown whole. */
const SHOWN_WHOLE = 100;

/** All rows of an operation, or those that came out in one way. */
export async function allRows(api: ApiClient, bulkId: string, status?: Row['status']): Promise<Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const after = rows.at(-1)?.row ?? 0;
    const query = `after=${after}&limit=${PAGE}${status === undefined ? '' : `&status=${status}`}`;
    const page = bulkRowsAnswer.parse(await api.get(`/bulk/${step(bulkId)}/rows?${query}`)).rows;
    rows.push(...page);
    if (page.length < PAGE) return rows;
  }
}

export function rowsTable(rows: readonly Row[]): string {
  const cells = rows.map(({ row, line, practice, migrationId, subject, status, detail = '' }) => [
    String(line ?? row),
    migrationId ?? practice,
    subject,
    status,
    detail,
  ]);
  return table(['Line', 'Practice', 'What', '', 'How it came out'], cells);
}

const verbs = {
  start: 'started',
  done: 'recorded as done',
  cancel: 'cancelled',
  redate: 'moved',
  adopt: 'planned anew',
} as const;

function countsText({ operation, dryRun, state, total, done, failed, waiting }: BulkView): string {
  const verb = verbs[operation];
  const head = dryRun ? `${done} of ${total} would be ${verb}` : `${done} of ${total} ${verb}`;
  const parts = [head, ...(failed > 0 ? [`${failed} ${dryRun ? 'would fail' : 'failed'}`] : [])];
  const rest = state === 'stopped' ? [`stopped with ${waiting} to go`] : waiting > 0 ? [`${waiting} to go`] : [];
  return `${[...parts, ...rest].join(', ')}.`;
}

const isDryAndShort = ({ dryRun, total }: BulkView): boolean => dryRun && total <= SHOWN_WHOLE;

/** The rows that somebody has to look at: what failed; of a short dry run all. */
export const rowsToShow = (api: ApiClient, operation: BulkView): Promise<Row[]> =>
  allRows(api, operation.bulkId, isDryAndShort(operation) ? undefined : 'failed');

/** Counts, the rows to look at, and what can be done about them. */
export function reportText(operation: BulkView, rows: readonly Row[]): string {
  const { bulkId, by, askedAtMs, dryRun, failed, waiting, state } = operation;
  const unfinished = failed > 0 || state === 'stopped' || (state === 'waiting' && waiting > 0);
  return [
    `${bulkId}: ${countsText(operation)} Asked for by ${by} at ${instant(askedAtMs)}${dryRun ? '; a dry run: nothing was changed' : ''}.`,
    ...(rows.length === 0 ? [] : [rowsTable(rows)]),
    ...(unfinished && !dryRun ? [`Once what stands in the way is mended: leadtime bulk repeat ${bulkId}`] : []),
  ].join('\n');
}
