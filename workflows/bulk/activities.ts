/** The activities as the workflow calls them: one proxy for each policy. */
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { BulkActivities } from '../../rules/bulk/ports.js';

/** Reads and writes the register; while that is away the operation waits for it. */
export const { beginBulk, endBulk } = proxyActivities<BulkActivities>({
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/**
 * Ten seconds without a heartbeat mean that the worker is gone: another attempt does what is left of the chunk. Rows that were
 * not answered make an attempt fail, and are asked again in the next one. Who stops the operation waits for the rows on their way.
 */
export const { applyBulkRows } = proxyActivities<BulkActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '10 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
