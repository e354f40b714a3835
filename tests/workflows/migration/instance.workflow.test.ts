import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { todayInLondon } from '../../../config/today.js';
import type { Order } from '../../../rules/order/schema.js';
import type { migration } from '../../../workflows/index.js';
import { workflowIdOfPractice } from '../../../workflows/migration/ids.js';
import { cancelUpdate, doneUpdate, migrationWorkflowType, stateQuery } from '../../../workflows/migration/messages.js';
import { searchAttributeKeys, startingSearchAttributes } from '../../../workflows/migration/searchAttributes.js';
import { plannedExample } from '../../support/examples.js';
import { whileWorking } from '../../support/migrationWorker.js';
import { recordActivities } from '../../support/recordingActivities.js';
import { sharedOrder } from '../../support/sharedInstance.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

type Handle = WorkflowHandle<typeof migration>;

const taskQueue = 'instance-test';
const asked = 'extract.initial.alder.core.1.asked';
let environment: TestWorkflowEnvironment;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
});
afterAll(async () => environment.teardown());

/** Two practices, so that nobody else has to begin. */
function orderOf(odsCode: string): Order {
  const order = sharedOrder(odsCode);
  const practices = order.sharedInstance?.practices.slice(0, 2) ?? [];
  return { ...order, sharedInstance: { id: 'mill-valley', requestsBy: 'Z98001', practices } };
}

async function begin(odsCode: string): Promise<Handle> {
  const migrationId = `${odsCode}-20261020-inst01`;
  const typedSearchAttributes = startingSearchAttributes({
    odsCode,
    sourceSupplierId: 'alder',
    targetSupplierId: 'rowan',
  });
  return environment.client.workflow.start<typeof migration>(migrationWorkflowType, {
    workflowId: workflowIdOfPractice(odsCode),
    taskQueue,
    args: [{ migrationId, order: orderOf(odsCode), asOf: todayInLondon(Date.now()) }],
    typedSearchAttributes,
  });
}

const statusOf = async (handle: Handle, id: string) => (await handle.query(stateQuery)).milestones[id]?.status;

describe('migrations on one instance', () => {
  it('send one request for each extract, whichever begins first, and each knows that it has been made', async () => {
    const recording = recordActivities(plannedExample(orderOf('Z98001')));
    recording.activities.planMigration = ({ order }) => Promise.resolve(plannedExample(order));
    await whileWorking(environment, taskQueue, recording, async () => {
      const weir = await begin('Z98011');
      await weir.executeUpdate(doneUpdate, { args: [{ milestoneId: 'authorise-extracts', by: 'Priya Nayar' }] });
      const lead = await begin('Z98001');
      await lead.executeUpdate(doneUpdate, { args: [{ milestoneId: 'authorise-extracts', by: 'Priya Nayar' }] });
      await vi.waitFor(async () => expect(await statusOf(weir, asked)).toBe('done'), { timeout: 120_000 });
      const requests = recording.sent.filter(({ message: { kind } }) => kind === 'request');
      expect(requests.map(({ message: { about, items } }) => [about.odsCode, items[0]?.milestoneId])).toEqual([
        ['Z98001', asked],
        ['Z98001', 'extract.final.alder.core.1.asked'],
      ]);
      for (const handle of [lead, weir]) {
        await handle.executeUpdate(cancelUpdate, { args: [{ by: 'Tom Ashdown', reason: 'enough' }] });
        await handle.result();
      }
    });
  });
});
