import { WorkflowExecutionAlreadyStartedError, type Client, type Connection } from '@temporalio/client';
import { WorkflowNotFoundError, type WorkflowIdReusePolicy } from '@temporalio/common';
import type { BulkRun } from '../../rules/bulk/ports.js';
import {
  bulkTaskQueue,
  bulkWorkflowId,
  bulkWorkflowType,
  stopBulkSignal,
  type BulkInput,
} from '../../workflows/bulk/messages.js';
import type { BulkRuns } from './runs.js';

const DEADLINE_MS = 10_000;

export interface TemporalBulkRunsDependencies {
  client: Client;
  connection: Connection;
  /** Told of every failure that becomes a 503. */
  report: (error: unknown, what: string) => void;
}

/** Operations as Temporal runs them. */
export function createTemporalBulkRuns({ client, connection, report }: TemporalBulkRunsDependencies): BulkRuns {
  const within = <Result>(work: () => Promise<Result>): Promise<Result> =>
    connection.withDeadline(Date.now() + DEADLINE_MS, work);
  const handleOf = (bulkId: string) => client.workflow.getHandle(bulkWorkflowId(bulkId));

  const begin = async (run: BulkRun, workflowIdReusePolicy: WorkflowIdReusePolicy): Promise<void> => {
    const args: [BulkInput] = [run];
    await client.workflow.start(bulkWorkflowType, {
      workflowId: bulkWorkflowId(run.bulkId),
      taskQueue: bulkTaskQueue,
      args,
      workflowIdConflictPolicy: 'FAIL',
      workflowIdReusePolicy,
      staticSummary: 'One thing done to many practices; the rows are in the register.',
    });
  };
  const tried = async (what: string, work: () => Promise<void>): Promise<boolean> => {
    try {
      await within(work);
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return true;
      report(error, what);
      return false;
    }
  };
  const isRunning: BulkRuns['isRunning'] = async (bulkId) => {
    try {
      return (await within(() => handleOf(bulkId).describe())).status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      report(error, 'bulk look-up');
      return undefined;
    }
  };
  return {
    start: (run) => tried('bulk start', () => begin(run, 'REJECT_DUPLICATE')),
    startAgain: (run) =>
      tried('bulk repeat', async () => {
        // The register hears of the end a moment before the run has closed.
        if (await isRunning(run.bulkId)) await handleOf(run.bulkId).result();
        await begin(run, 'ALLOW_DUPLICATE');
      }),
    isRunning,
    stop: async (bulkId) => {
      try {
        await within(() => handleOf(bulkId).signal(stopBulkSignal));
        return 'stopping';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'absent';
        report(error, 'bulk stop');
        return 'away';
      }
    },
  };
}
