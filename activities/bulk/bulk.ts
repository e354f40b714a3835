import PQueue from 'p-queue';
import { chunksOf } from '../../rules/bulk/bulk.js';
import type { BulkActivities } from '../../rules/bulk/ports.js';
import { applyRows } from './applyRows.js';
import type { BulkDependencies } from './ports.js';

const SECOND_MS = 1_000;

/** Makes the activities of operations on many practices. All operations of a worker share its limits. */
export function createBulkActivities(deps: BulkDependencies): BulkActivities {
  const { register, settings, nowMs } = deps;
  const { atOnce, perSecond } = settings;
  const queue = new PQueue({ concurrency: atOnce, interval: SECOND_MS, intervalCap: perSecond });
  return {
    beginBulk: async ({ bulkId }) => chunksOf(await register.beginBulk(bulkId)),
    applyBulkRows: async (chunk) => applyRows(chunk, queue, deps),
    endBulk: async ({ bulkId, by, stopped }) => {
      const atMs = nowMs();
      return register.endBulk(bulkId, {
        state: stopped ? 'stopped' : 'ended',
        atMs,
        audit: (counts) => ({ atMs, actor: by, type: 'bulk.ended', data: { bulkId, stopped, ...counts } }),
      });
    },
  };
}
