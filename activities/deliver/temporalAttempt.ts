import { ApplicationFailure, Context } from '@temporalio/activity';
import type { AsyncCompletionClient } from '@temporalio/client';
import type { Attempt } from './deliver.js';

/** Less than the heartbeat timeout: later, the server has given this attempt up anyway. */
const ACKNOWLEDGE_WITHIN_MS = 4_000;

/**
 * The current attempt of the activity that is running.
 *
 * Heartbeats go through the client, because each one is awaited until the server has it; the activity context's own are
 * throttled and nobody learns whether they arrived.
 *
 * @param client with the worker's data converter, or what was heartbeat cannot be read again
 */
export function temporalAttempt(client: Pick<AsyncCompletionClient, 'heartbeat' | 'withDeadline'>): () => Attempt {
  return () => {
    const { info } = Context.current();
    const details: unknown = info.heartbeatDetails;
    const beganMs = performance.now();
    // By the server's clock alone: those of two machines may differ by more than what is measured here.
    const waitedBeforeMs = info.currentAttemptScheduledTimestampMs - info.scheduledTimestampMs;
    return {
      id: `${info.workflowExecution?.workflowId}/${info.workflowExecution?.runId}/${info.activityId}`,
      attempt: info.attempt,
      waitedMs: () => waitedBeforeMs + performance.now() - beganMs,
      details,
      comeBack: (failure, afterMs) =>
        ApplicationFailure.create({ message: failure.message, nextRetryDelay: afterMs, cause: failure }),
      heartbeat: (progress) =>
        client.withDeadline(Date.now() + ACKNOWLEDGE_WITHIN_MS, () => client.heartbeat(info.taskToken, progress)),
    };
  };
}
