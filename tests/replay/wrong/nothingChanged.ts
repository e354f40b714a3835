/** The same seam as the mistake's, with no mistake: what is found there is not found for the seam's sake. */
import type { WorkflowInterceptors } from '@temporalio/workflow';

/** Temporal calls this for each workflow that it creates. */
export const interceptors = (): WorkflowInterceptors => ({
  outbound: [{ scheduleActivity: (input, next) => next(input) }],
});
