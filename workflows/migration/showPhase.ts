import { upsertSearchAttributes } from '@temporalio/workflow';
import type { Run } from './run.js';
import { progressSearchAttributes } from './searchAttributes.js';

/** Shows phase and status in Temporal's own lists, when they have changed. */
export function showPhaseAndStatus(run: Run): void {
  const { phase, status } = run.state;
  if (run.shown.phase === phase && run.shown.status === status) return;
  run.shown = { phase, status };
  upsertSearchAttributes(progressSearchAttributes(phase, status));
}
