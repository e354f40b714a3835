import { Context } from '@temporalio/activity';
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
    return {
      id: `${info.workflowExecution?.workflowId}/${info.workflowExecution?.runId}/${info.activityId}`,
      attempt: info.attempt,
      askedAtMs: info.scheduledTimestampMs,
      details,
      heartbeat: (progress) =>
        client.withDeadline(Date.now() + ACKNOWLEDGE_WITHIN_MS, () => client.heartbeat(info.taskToken, progress)),
    };
  };
}
