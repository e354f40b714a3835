import { Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import type { Recording } from './recordingActivities.js';

/** Runs something while a worker with recording activities serves a task queue of its own. */
export async function whileWorking<Result>(
  environment: TestWorkflowEnvironment,
  taskQueue: string,
  recording: Recording,
  work: () => Promise<Result>,
): Promise<Result> {
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    ...(environment.namespace === undefined ? {} : { namespace: environment.namespace }),
    taskQueue,
    workflowBundle: { code: inject('workflowBundleCode') },
    activities: { ...recording.activities },
  });
  return await worker.runUntil(work);
}
