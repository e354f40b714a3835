import { ApplicationFailure } from '@temporalio/common';
import type PQueue from 'p-queue';
import type { BulkOperation, WaitingBulkRow } from '../../register/bulkTypes.js';
import type { BulkCounts, RowRange } from '../../rules/bulk/bulk.js';
import type { BulkRun, RowOutcome } from '../../rules/bulk/ports.js';
import type { BulkAttempt, BulkDependencies } from './ports.js';
import { createResults, type Results } from './results.js';

/** How often the server and the register are told how far it is. */
const BEAT_MS = 500;
/** After so many attempts a row that nobody answers has failed; half a minute, and as long as the answers took to stay away. */
const GIVE_UP_AFTER_ATTEMPTS = 5;

interface Chunk {
  run: BulkRun;
  operation: BulkOperation;
  attempt: BulkAttempt;
  results: Results;
}

/** @returns false where nobody answered, and another attempt has to ask again */
async function applyOne(row: WaitingBulkRow, chunk: Chunk, { applyRow, nowMs }: BulkDependencies): Promise<boolean> {
  const { run, operation, attempt, results } = chunk;
  if (attempt.isOver()) return true;
  const outcome: RowOutcome = await applyRow({
    ...row,
    ...run,
    operation: operation.operation,
    dryRun: operation.dryRun,
  });
  if (outcome.kind === 'unanswered' && attempt.attempt < GIVE_UP_AFTER_ATTEMPTS) return false;
  const { detail } = outcome;
  const common = { row: row.row, detail, atMs: nowMs() };
  if (outcome.kind !== 'done') results.add({ ...common, status: 'failed', code: outcome.code });
  else results.add({ ...common, status: 'done', ...(outcome.migrationId && { migrationId: outcome.migrationId }) });
  return true;
}

/** Tells server and register how far it is while something runs. */
async function beating<Result>({ attempt, results }: Chunk, work: () => Promise<Result>): Promise<Result> {
  const beat = setInterval(() => {
    attempt.heartbeat({ settled: results.settled() });
    // What cannot be written now is written at the end, or the attempt fails there.
    results.write().catch(() => undefined);
  }, BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}

function unfinished(chunk: Chunk, unanswered: number): Error | undefined {
  const { attempt } = chunk;
  if (attempt.isStopped()) return undefined;
  if (attempt.isOver()) return ApplicationFailure.retryable('This worker stops; another one goes on.', 'WorkerStops');
  if (unanswered === 0) return undefined;
  return ApplicationFailure.retryable(`${unanswered} rows had no answer, and are asked again.`, 'Unanswered');
}

/** Does the rows of a range that still wait. @throws ApplicationFailure, to be tried again, where some had no answer */
export async function applyRows(
  { from, to, ...run }: BulkRun & RowRange,
  queue: PQueue,
  deps: BulkDependencies,
): Promise<BulkCounts> {
  const { register } = deps;
  const operation = await register.findBulk(run.bulkId);
  if (operation === undefined) throw ApplicationFailure.nonRetryable(`There is no operation ${run.bulkId}.`, 'NoBulk');
  const rows = await register.waitingBulkRows(run.bulkId, { from, to });
  const results = createResults(register, run.bulkId);
  const chunk: Chunk = { run, operation, attempt: deps.currentAttempt(), results };
  const answered = await beating(chunk, () => queue.addAll(rows.map((row) => () => applyOne(row, chunk, deps))));
  await results.write();
  const failure = unfinished(chunk, answered.filter((isAnswered) => !isAnswered).length);
  if (failure !== undefined) throw failure;
  return register.bulkCounts(run.bulkId, { from, to });
}
