/** A deliberate mistake: the workflow as it is, but for writing the register before it delivers. */
import { proxyActivities, type WorkflowInterceptors } from '@temporalio/workflow';
import type { MigrationActivities } from '../../../rules/migration/ports.js';

const { writeRegister } = proxyActivities<MigrationActivities>({ startToCloseTimeout: '30 seconds' });

/** Temporal calls this for each workflow that it creates. */
export const interceptors = (): WorkflowInterceptors => ({
  outbound: [
    {
      scheduleActivity: async (input, next) => {
        const [delivery] = input.args as Parameters<MigrationActivities['deliverMessages']>;
        if (input.activityType === 'deliverMessages') await writeRegister(delivery.write);
        return await next(input);
      },
    },
  ],
});
