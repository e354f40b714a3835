import { proxyActivities } from '@temporalio/workflow';
import type { DeliverInput, DeliverResult, MigrationActivities } from '../../../rules/migration/ports.js';

const { deliverMessages } = proxyActivities<MigrationActivities>({
  startToCloseTimeout: '1 minute',
  // As in the migration workflow, but for a shorter time between attempts.
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 1 },
});

/** One delivery, as a migration makes it. */
export async function deliverOnce(input: DeliverInput): Promise<DeliverResult> {
  return deliverMessages(input);
}
