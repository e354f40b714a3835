import type { Client } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type { Register } from '../../register/types.js';
import { migrationWorkflowType } from '../../workflows/migration/messages.js';
import { writesOfHistory } from './writesOfHistory.js';

export interface RebuildDependencies {
  client: Client;
  converter: DataConverter;
  register: Pick<Register, 'write'>;
  /** Told after each run of a workflow. */
  progress: (done: RebuildResult) => void;
}

export interface RebuildResult {
  /** Runs of workflows: a migration that carried on as a new run has several. */
  runs: number;
  writes: number;
}

interface Run {
  workflowId: string;
  runId: string;
  startedAtMs: number;
}

async function runsOf(client: Client): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const { workflowId, runId, startTime } of client.workflow.list({
    query: `WorkflowType = "${migrationWorkflowType}"`,
  }))
    runs.push({ workflowId, runId, startedAtMs: startTime.getTime() });
  return runs.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
}

/**
 * Writes into the register again all that Temporal still has, run by run in the order in which they began. Nothing is
 * removed, and what is there already stays: a write is idempotent, so this may be stopped, repeated, and done while migrations run.
 *
 * @throws RegisterUnavailableError, RegisterConflictError, and what Temporal's client throws
 */
export async function rebuildRegister({
  client,
  converter,
  register,
  progress,
}: RebuildDependencies): Promise<RebuildResult> {
  const done: RebuildResult = { runs: 0, writes: 0 };
  for (const { workflowId, runId } of await runsOf(client)) {
    const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    for await (const write of writesOfHistory(events ?? [], converter)) {
      await register.write(write);
      done.writes += 1;
    }
    done.runs += 1;
    progress(done);
  }
  return done;
}
