/** The activities that a bulk operation calls, as its workflow sees them. `activities/bulk/` implements them. */
import type { BulkCounts, BulkOperationName, BulkResult, RowRange } from './bulk.js';

/** One run of an operation: its first, or one that repeats what has failed. */
export interface BulkRun {
  bulkId: string;
  /** Who asked for this run: everything that it does is done in their name. */
  by: string;
}

export interface BulkActivities {
  /** Settles which migration each row means, and gives the chunks that have something to do. */
  beginBulk(run: BulkRun): Promise<RowRange[]>;
  /** Does the rows of one chunk that still wait. Those that are done are never done again, whoever takes it up. */
  applyBulkRows(chunk: BulkRun & RowRange): Promise<BulkCounts>;
  endBulk(run: BulkRun & { stopped: boolean }): Promise<BulkCounts>;
}

/** One row, with what is known of its operation. */
export interface RowToApply extends BulkRun {
  operation: BulkOperationName;
  /** Only look at what would happen. */
  dryRun: boolean;
  row: number;
  /** 1 at first; one more each time that a row which was refused is repeated. */
  attempt: number;
  /** A migration id or an ODS code. */
  practice: string;
  /** The migration that the practice's code meant when this run began. */
  migrationId?: string;
  /** What is asked, as it was sealed. */
  request: string;
}

/** `unanswered`: nobody answered in time, so it may have happened; asking again with the same row and attempt has no second effect. */
export type RowOutcome =
  | (Pick<BulkResult, 'detail' | 'migrationId'> & { kind: 'done' })
  | (Pick<BulkResult, 'detail'> & { kind: 'failed' | 'unanswered'; code: string });

/** Says to one migration what a row asks, by the same functions as the operators' API. Never throws for what is refused. */
export type ApplyRow = (row: RowToApply) => Promise<RowOutcome>;
