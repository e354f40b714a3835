import { CancellationScope, isCancellation, setHandler, setWorkflowOptions } from '@temporalio/workflow';
import type { RowRange } from '../../rules/bulk/bulk.js';
import { applyBulkRows, beginBulk, endBulk } from './activities.js';
import { stopBulkSignal, type BulkAnswer, type BulkInput } from './messages.js';

/** Two chunks are under way at a time, so that the worker never waits for the last row of one. */
const lanes = 2;

setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, bulk);

/**
 * Does one thing to many practices, chunk by chunk. What the rows ask and how they came out is in the register; here are numbers
 * alone. A stop, by signal or by cancelling, lets the rows on their way finish and leaves the rest waiting.
 */
export async function bulk(run: BulkInput): Promise<BulkAnswer> {
  const work = new CancellationScope();
  setHandler(stopBulkSignal, () => work.cancel());
  const stopped = await isStopped(work, () => applyAll(run));
  const counts = await CancellationScope.nonCancellable(() => endBulk({ ...run, stopped }));
  return { ...counts, stopped };
}

async function isStopped(scope: CancellationScope, work: () => Promise<void>): Promise<boolean> {
  try {
    await scope.run(work);
    return scope.consideredCancelled;
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return true;
  }
}

async function applyAll(run: BulkInput): Promise<void> {
  const left = await beginBulk(run);
  await Promise.all(Array.from({ length: lanes }, () => applyChunks(run, left)));
}

/** Takes the next chunk for as long as there is one. */
async function applyChunks(run: BulkInput, left: RowRange[]): Promise<void> {
  for (let chunk = left.shift(); chunk !== undefined; chunk = left.shift()) {
    await applyBulkRows.executeWithOptions({ summary: `rows ${chunk.from} to ${chunk.to}` }, [{ ...run, ...chunk }]);
    if (CancellationScope.current().consideredCancelled) return;
  }
}
