import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { z } from 'zod';
import { migrationWorkflowType } from '../workflows/migration/messages.js';
import { workflowIdOf } from '../workflows/migration/ids.js';
import { workflowIdOfTarget, type MigrationTarget } from './migrations.js';

const memoSchema = z.object({ migrationId: z.string() });

/** One migration as Temporal knows it. */
export interface Execution {
  migrationId: string;
  workflowId: string;
  runId: string;
  /** First run of the chain: the same for as long as the migration continues as new. */
  firstRunId: string;
  running: boolean;
}

const executionOf = (
  workflowId: string,
  info: { runId: string; status: { name: string }; memo?: Record<string, unknown> },
  firstRunId?: string | null,
): Execution | undefined => {
  const memo = memoSchema.safeParse(info.memo);
  if (!memo.success) return undefined;
  const running = info.status.name === 'RUNNING';
  return { ...memo.data, workflowId, runId: info.runId, firstRunId: firstRunId ?? info.runId, running };
};

/** The newest migration under a workflow id; undefined when there never was one, or Temporal has forgotten it. */
export async function newestExecution(client: Client, workflowId: string): Promise<Execution | undefined> {
  try {
    const described = await client.workflow.getHandle(workflowId).describe();
    return executionOf(workflowId, described, described.raw.workflowExecutionInfo?.firstRunId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** A closed migration by its id, also when another of the same practice came after it. */
async function earlierExecution(client: Client, migrationId: string): Promise<Execution | undefined> {
  const workflowId = workflowIdOf(migrationId);
  if (workflowId === undefined) return undefined;
  // Ids are checked against a pattern without quotes, so nothing can be smuggled into the query.
  const runs = client.workflow.list({ query: `WorkflowId = "${workflowId}" AND ExecutionStatus != "Running"` });
  for await (const run of runs) {
    const execution = executionOf(workflowId, run);
    if (execution?.migrationId === migrationId) return execution;
  }
  return undefined;
}

/** The migration that a target means: for a practice its newest; by id exactly that one, running or closed. */
export async function findExecution(client: Client, target: MigrationTarget): Promise<Execution | undefined> {
  const newest = await newestExecution(client, workflowIdOfTarget(target));
  if ('odsCode' in target || newest === undefined || newest.migrationId === target.migrationId) return newest;
  return earlierExecution(client, target.migrationId);
}

/** The ids of all migrations that run, in order. */
export async function runningMigrations(client: Client): Promise<string[]> {
  const ids: string[] = [];
  const query = `WorkflowType = "${migrationWorkflowType}" AND ExecutionStatus = "Running"`;
  for await (const run of client.workflow.list({ query })) {
    const memo = memoSchema.safeParse(run.memo);
    if (memo.success) ids.push(memo.data.migrationId);
  }
  return ids.toSorted();
}
