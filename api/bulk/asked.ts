/** From a request to rows that can be written down: which operation it is, and what is wrong with its rows as a whole. */
import { setImmediate as otherWork } from 'node:timers/promises';
import { bulkOperations, type BulkOperationName } from '../../rules/bulk/bulk.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { orderSchema } from '../../rules/order/schema.js';
import { parseMigrationId } from '../../workflows/migration/ids.js';
import { ApiProblem, badRequest } from '../problem.js';
import type { BulkBody, DoneRow, StartRow } from './rows.js';

/** One row: whom it means, what of it, and all that was asked. */
export interface AskedRow {
  row: number;
  line?: number;
  practice: string;
  subject: string;
  asked: object;
}

export interface AskedBulk {
  operation: BulkOperationName;
  rows: AskedRow[];
}

function operationOf(body: BulkBody): BulkOperationName {
  const given = bulkOperations.filter((name) => body[name] !== undefined);
  const [operation, another] = given;
  const names = bulkOperations.join(', ');
  if (operation === undefined) throw badRequest(`Nothing is asked: send rows as one of ${names}.`);
  if (another === undefined) return operation;
  const detail = `cannot be sent together with ${operation}: one operation does one thing`;
  throw badRequest('This asks for several operations.', [{ pointer: `/${another}`, detail }]);
}

const lineOf = ({ line }: { line?: number }) => (line === undefined ? {} : { line });

/** Orders that can be read; whether they can be planned is asked of the rules when each one's turn comes. */
async function startRows(rows: readonly StartRow[]): Promise<AskedRow[]> {
  const problems: object[] = [];
  const asked: AskedRow[] = [];
  for (const [index, row] of rows.entries()) {
    // Some milliseconds for each of thousands: others are served in between.
    await otherWork();
    const reading = readYaml(row.text, row.fileName, orderSchema);
    if (!reading.ok) problems.push(...reading.problems);
    else {
      const { odsCode: practice } = reading.value.practice;
      asked.push({ row: index + 1, ...lineOf(row), practice, subject: row.fileName, asked: row });
    }
  }
  if (problems.length === 0) return asked;
  const detail = 'Nothing was started.';
  throw new ApiProblem({
    code: 'order-unreadable',
    status: 400,
    title: 'Some orders are not valid',
    detail,
    errors: problems,
  });
}

const simpleRows = <Row extends { practice: string; line?: number }>(
  rows: readonly Row[],
  subjectOf: (row: Row) => string,
): AskedRow[] =>
  rows.map((row, index) => ({
    row: index + 1,
    ...lineOf(row),
    practice: row.practice,
    subject: subjectOf(row),
    asked: row,
  }));

async function rowsOf(operation: BulkOperationName, body: BulkBody): Promise<AskedRow[]> {
  switch (operation) {
    case 'start':
      return startRows(body.start ?? []);
    case 'done':
      return simpleRows(body.done ?? [], ({ milestone }) => milestone);
    case 'cancel':
      return simpleRows(body.cancel ?? [], () => '');
    case 'adopt':
      return simpleRows(body.adopt ?? [], ({ what }) => what);
    case 'redate':
      return simpleRows(body.redate ?? [], ({ moves }) => moves.map(({ anchor, to }) => `${anchor} ${to}`).join(', '));
  }
}

/** A practice by its code and by the id of its migration is one practice; a rehearsal is one of its own. */
export function practiceKey(practice: string): string {
  const parts = parseMigrationId(practice);
  return parts === undefined || parts.rehearsal ? practice : parts.odsCode;
}

/** What must not be asked twice in one operation: in which order would it be done? */
export const keyOf = (operation: BulkOperationName, practice: string, milestone: DoneRow['milestone']): string =>
  operation === 'done' ? `${practiceKey(practice)} ${milestone}` : practiceKey(practice);

function refuseRepeats({ operation, rows }: AskedBulk): void {
  const first = new Map<string, AskedRow>();
  const problems = rows.flatMap((row, index) => {
    const key = keyOf(operation, row.practice, row.subject);
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, row);
      return [];
    }
    const what = operation === 'done' ? 'the same practice and milestone' : 'the same practice';
    const detail = `names ${what} as row ${before.row}: keep one of them`;
    return [{ pointer: `/${operation}/${index}`, detail, ...lineOf(row) }];
  });
  if (problems.length > 0) throw badRequest('Some rows are there twice; nothing was begun.', problems);
}

/** @throws ApiProblem 400 with everything that is wrong with the rows */
export async function askedBulk(body: BulkBody): Promise<AskedBulk> {
  const operation = operationOf(body);
  const asked = { operation, rows: await rowsOf(operation, body) };
  refuseRepeats(asked);
  return asked;
}
