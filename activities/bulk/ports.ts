/** What doing many rows needs of the world. */
import type { BulkRegister, WaitingBulkRow } from '../../register/bulkTypes.js';
import type { BulkOperationName, BulkResult } from '../../rules/bulk/bulk.js';

/** One row, with everything that is known of its operation. */
export interface RowToApply extends WaitingBulkRow {
  bulkId: string;
  operation: BulkOperationName;
  dryRun: boolean;
  by: string;
}

/** `unanswered`: nobody answered in time, so it may have happened; asking again under the same row and attempt has no second effect. */
export type RowOutcome =
  | (Pick<BulkResult, 'detail' | 'migrationId'> & { kind: 'done' })
  | (Pick<BulkResult, 'detail'> & { kind: 'failed' | 'unanswered'; code: string });

/** Says to one migration what a row asks, by the same functions as the operators' API. Never throws for what a migration refuses. */
export type ApplyRow = (row: RowToApply) => Promise<RowOutcome>;

/** One attempt at an activity, as the server that runs it tells. */
export interface BulkAttempt {
  /** 1 for the first. */
  attempt: number;
  /** Nothing new may begin: somebody has stopped the operation, the worker shuts down, or another attempt has taken over. */
  isOver: () => boolean;
  /** Somebody has stopped the operation. */
  isStopped: () => boolean;
  heartbeat: (progress: { settled: number }) => void;
}

export interface BulkDependencies {
  register: Pick<
    BulkRegister,
    'findBulk' | 'beginBulk' | 'waitingBulkRows' | 'bulkCounts' | 'keepBulkResults' | 'endBulk'
  >;
  applyRow: ApplyRow;
  settings: BulkSettings;
  currentAttempt: () => BulkAttempt;
  nowMs: () => number;
}

/** Of each worker, over all operations together. */
export interface BulkSettings {
  /** Rows at one time. */
  atOnce: number;
  /** Rows that begin in a second. */
  perSecond: number;
}
