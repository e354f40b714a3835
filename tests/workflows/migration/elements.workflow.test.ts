import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { migration } from '../../../workflows/index.js';
import {
  addItemUpdate,
  cancelUpdate,
  decideUpdate,
  doneUpdate,
  migrationWorkflowType,
  reportCountsUpdate,
  timelineQuery,
} from '../../../workflows/migration/messages.js';
import { searchAttributeKeys, startingSearchAttributes } from '../../../workflows/migration/searchAttributes.js';
import { elementOrder, plannedElements } from '../../support/elements.js';
import { whileWorking } from '../../support/migrationWorker.js';
import { recordActivities } from '../../support/recordingActivities.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

type Handle = WorkflowHandle<typeof migration>;

const by = 'Tom Ashdown';
let environment: TestWorkflowEnvironment;
let count = 0;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
});
afterAll(async () => environment.teardown());

/** Says something to a rehearsal on its first day, and cancels it. */
async function onTheFirstDay(say: (handle: Handle) => Promise<void>): Promise<void> {
  count += 1;
  const order = elementOrder();
  const taskQueue = `elements-test-${count}`;
  const migrationId = `rehearsal-${order.practice.odsCode}-20261005-elem0${count}`;
  await whileWorking(environment, taskQueue, recordActivities(plannedElements(order)), async () => {
    const handle = await environment.client.workflow.start<typeof migration>(migrationWorkflowType, {
      workflowId: migrationId,
      taskQueue,
      args: [{ migrationId, order, asOf: order.orderedOn, rehearsal: { speed: 1 } }],
      typedSearchAttributes: startingSearchAttributes({
        odsCode: order.practice.odsCode,
        sourceSupplierId: 'alder',
        targetSupplierId: 'rowan',
      }),
    });
    await say(handle);
    await handle.executeUpdate(cancelUpdate, { args: [{ by, reason: 'enough' }] });
    await handle.result();
  });
}

async function rejectionOf(attempt: Promise<unknown>): Promise<string | null | undefined> {
  const error: unknown = await attempt.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause.type : undefined;
}

describe('a running migration', () => {
  it('takes counts, shows them in its timeline, and refuses what is not counted and what is not done', async () => {
    await onTheFirstDay(async (handle) => {
      const answer = await handle.executeUpdate(reportCountsUpdate, { args: [{ values: { inbox: 40 }, by }] });
      expect(answer.counts).toEqual([{ counterId: 'inbox', title: 'Inbox', value: 40, on: '2026-10-05' }]);
      const timeline = await handle.query(timelineQuery);
      expect(timeline.find(({ milestoneId }) => milestoneId === 'inbox-zero')?.counts).toEqual(answer.counts);
      const unknown = handle.executeUpdate(reportCountsUpdate, { args: [{ values: { inboxes: 40 }, by }] });
      expect(await rejectionOf(unknown)).toBe('UnknownCounter');
      const done = handle.executeUpdate(doneUpdate, { args: [{ milestoneId: 'inbox-zero', by }] });
      expect(await rejectionOf(done)).toBe('CountsNotZero');
    });
  });

  it('takes a decision and what follows from it, and the other one after it', async () => {
    await onTheFirstDay(async (handle) => {
      const decide = async (outcome: 'needed' | 'notNeeded') =>
        await handle.executeUpdate(decideUpdate, { args: [{ decision: 'reconciliation', outcome, by }] });
      const answers = [await decide('notNeeded'), await decide('needed')];
      expect(answers.map(({ milestoneId, status }) => [milestoneId, status])).toEqual([
        ['decision', 'done'],
        ['decision', 'done'],
      ]);
      expect(answers.map(({ resting }) => resting.map(({ status }) => status))).toEqual([
        ['waived', 'waived'],
        ['open', 'open'],
      ]);
      expect(await rejectionOf(decide('needed'))).toBe('MilestoneSettled');
    });
  });

  it('takes an item once, and has it in its timeline', async () => {
    await onTheFirstDay(async (handle) => {
      const item = { kind: 'survey', id: 'printer', title: 'A label printer', owner: 'practice' } as const;
      const add = async () => await handle.executeUpdate(addItemUpdate, { args: [{ item, by }] });
      expect(await add()).toEqual({ milestoneId: 'survey.printer', status: 'open', dueOn: '2027-01-26' });
      expect(await rejectionOf(add())).toBe('DuplicateItem');
      const timeline = await handle.query(timelineQuery);
      expect(timeline.find(({ milestoneId }) => milestoneId === 'survey.printer')?.title).toContain('A label printer');
    });
  });
});
