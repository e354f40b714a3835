import { Context } from '@temporalio/activity';
import type { BulkAttempt } from './ports.js';

/** The current attempt of the activity that is running. */
export function temporalBulkAttempt(): BulkAttempt {
  const context = Context.current();
  return {
    attempt: context.info.attempt,
    isOver: () => context.cancellationSignal.aborted,
    isStopped: () => context.cancellationDetails?.cancelRequested ?? false,
    heartbeat: (progress) => context.heartbeat(progress),
  };
}
