import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelUpdate, reportBounceUpdate, stateQuery } from '../../../workflows/migration/messages.js';
import { searchAttributeKeys } from '../../../workflows/migration/searchAttributes.js';
import { exampleOrder, plannedExample } from '../../support/examples.js';
import { recordActivities, type Recording } from '../../support/recordingActivities.js';
import { rehearseOnServer } from '../../support/skippedMigration.js';
import { createTimeSkippingEnvironment } from '../../support/timeSkipping.js';

const ASKED = 'extract.initial.alder.core.1.asked';

let environment: TestWorkflowEnvironment;
let recording: Recording;

beforeAll(async () => {
  environment = await createTimeSkippingEnvironment(Object.values(searchAttributeKeys));
});
afterAll(async () => {
  await environment.teardown();
});

const sentOf = (kind: string) => recording.sent.filter(({ message }) => message.kind === kind);
/** As the recording gives them out. */
const requestId = () => {
  const request = sentOf('request').find(({ message }) => message.settles[0]?.milestoneId === ASKED);
  return `<${request?.message.key}@test>`;
};

describe('a request that comes back', () => {
  it('is told to the operator once, and counts as not made', async () => {
    const order = exampleOrder('plain');
    recording = recordActivities(plannedExample(order));
    await rehearseOnServer(environment, { order, recording }, async (handle) => {
      await vi.waitFor(() => expect(sentOf('request')).toHaveLength(2), { timeout: 120_000 });
      const statusOfAsked = async () => (await handle.query(stateQuery)).milestones[ASKED]?.status;
      await vi.waitFor(async () => expect(await statusOfAsked()).toBe('done'), { timeout: 120_000 });
      const report = { messageId: requestId(), detail: 'permanent-failure', by: 'govuk-notify' };
      const answer = { milestoneId: ASKED, status: 'open' };
      expect(await handle.executeUpdate(reportBounceUpdate, { args: [report] })).toEqual(answer);
      expect(await handle.executeUpdate(reportBounceUpdate, { args: [report] })).toEqual(answer);
      await vi.waitFor(() => expect(sentOf('undeliverable')).toHaveLength(1), { timeout: 120_000 });
      expect(sentOf('undeliverable').map(({ message }) => message.to.key)).toEqual(['csuOperator']);
      expect(await statusOfAsked()).toBe('open');
      const unknown = handle.executeUpdate(reportBounceUpdate, { args: [{ ...report, messageId: '<x@test>' }] });
      await expect(unknown).rejects.toThrow(WorkflowUpdateFailedError);
      await handle.executeUpdate(cancelUpdate, { args: [{ by: 'Helen Marsh', reason: 'the practice merges' }] });
      await handle.result();
      expect(recording.audit.filter(({ type }) => type === 'message.bounced')).toHaveLength(1);
    });
  });
});
