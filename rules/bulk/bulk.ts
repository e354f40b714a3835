/** One thing done to many practices: what the parts agree on. A row is one practice's share of it. */

export const bulkOperations = ['start', 'done', 'cancel', 'redate', 'adopt'] as const;
export type BulkOperationName = (typeof bulkOperations)[number];

export const bulkRowStatuses = ['waiting', 'done', 'failed'] as const;
export type BulkRowStatus = (typeof bulkRowStatuses)[number];

/** waiting: written down, and not begun. ended: every row is done or has failed. stopped: somebody stopped it; rows may still wait. */
export const bulkStates = ['waiting', 'running', 'ended', 'stopped'] as const;
export type BulkState = (typeof bulkStates)[number];

export const mostBulkRows = 10_000;
/** So many rows are given to one activity: a hundred activities at most, and as many lines in the history. */
export const bulkChunkRows = 100;

/** Rows `from` to `to`, both of them included; numbers begin at 1. */
export interface RowRange {
  from: number;
  to: number;
}

/** The chunks that hold some of these rows, in order. @param rows numbers of rows, ascending */
export function chunksOf(rows: readonly number[]): RowRange[] {
  const numbers = [...new Set(rows.map((row) => Math.floor((row - 1) / bulkChunkRows)))];
  return numbers.map((number) => ({ from: number * bulkChunkRows + 1, to: (number + 1) * bulkChunkRows }));
}

/** How one row came out. */
export interface BulkResult {
  row: number;
  status: Exclude<BulkRowStatus, 'waiting'>;
  /** Of a failure: stable, for programs, as in problems of the API: `milestone-settled`. */
  code?: string;
  /** For people: what happened, or why not. */
  detail: string;
  /** The migration that it was said to, or that was started. */
  migrationId?: string;
  /** When it was known. */
  atMs: number;
}

export interface BulkCounts {
  done: number;
  failed: number;
  waiting: number;
}
