/** A migration as a rehearsal on the time-skipping server. */
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Order } from '../../rules/order/schema.js';
import type { migration } from '../../workflows/index.js';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { migrationWorkflowType } from '../../workflows/migration/messages.js';
import { startingSearchAttributes } from '../../workflows/migration/searchAttributes.js';
import { whileWorking } from './migrationWorker.js';
import type { Recording } from './recordingActivities.js';

export type MigrationHandle = WorkflowHandle<typeof migration>;

/** A day in a twentieth of a second: after an update the test server skips no more time, so a rehearsal has to be quick. */
export const dayIn50Ms = 86_400_000 / 50;

let count = 0;

const supplierOf = ({ parties }: Order, role: 'sourceSupplier' | 'targetSupplier'): string =>
  parties.find(({ roles }) => roles.includes(role))?.id ?? '';

/** Starts a rehearsal of the order, so that its clock begins at the order's day, and does something with it. */
export async function rehearseOnServer<Result>(
  environment: TestWorkflowEnvironment,
  { order, recording, speed = 1 }: { order: Order; recording: Recording; speed?: number },
  work: (handle: MigrationHandle) => Promise<Result>,
): Promise<Result> {
  count += 1;
  const taskQueue = `migration-test-${count}`;
  const { odsCode } = order.practice;
  const migrationId = makeMigrationId(odsCode, order.orderedOn, `test${String(count).padStart(2, '0')}`, true);
  return await whileWorking(environment, taskQueue, recording, async () => {
    const handle = await environment.client.workflow.start<typeof migration>(migrationWorkflowType, {
      workflowId: migrationId,
      taskQueue,
      args: [{ migrationId, order, asOf: order.orderedOn, rehearsal: { speed } }],
      typedSearchAttributes: startingSearchAttributes({
        odsCode,
        sourceSupplierId: supplierOf(order, 'sourceSupplier'),
        targetSupplierId: supplierOf(order, 'targetSupplier'),
      }),
    });
    return await work(handle);
  });
}
