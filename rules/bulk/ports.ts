/** The activities that a bulk operation calls, as its workflow sees them. `activities/bulk/` implements them. */
import type { BulkCounts, RowRange } from './bulk.js';

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
