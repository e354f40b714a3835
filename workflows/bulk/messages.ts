/** How a bulk operation is started and stopped. The API imports this file, never the workflow. */
import { defineSignal } from '@temporalio/workflow';
import type { BulkCounts } from '../../rules/bulk/bulk.js';
import type { BulkRun } from '../../rules/bulk/ports.js';

/** The workflow type's name on the wire. */
export const bulkWorkflowType = 'bulk';
/** Its own: what is done to many must not wait behind all that the many then do. */
export const bulkTaskQueue = 'bulk-operations';

export type BulkInput = BulkRun;

export interface BulkAnswer extends BulkCounts {
  stopped: boolean;
}

/** One run at a time for each operation; a run that repeats what has failed comes after the one before. */
export const bulkWorkflowId = (bulkId: string): string => `bulk-${bulkId}`;

// A signal: whoever stops it looks at its state afterwards, and rows that are on their way are finished first.
export const stopBulkSignal = defineSignal('stop');
