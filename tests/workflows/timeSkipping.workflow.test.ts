import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { phaseKey, sleepForDays } from '../support/patientWorkflow.js';
import { createTimeSkippingEnvironment } from '../support/timeSkipping.js';

const DAY_MS = 86_400_000;
const workflowsPath = fileURLToPath(new URL('../support/patientWorkflow.ts', import.meta.url));

describe('the time-skipping environment', () => {
  let environment: TestWorkflowEnvironment;

  beforeAll(async () => {
    environment = await createTimeSkippingEnvironment([phaseKey]);
  });

  afterAll(async () => {
    await environment.teardown();
  });

  it('lets 100 days of daily timers pass in less than the time that a test has', async () => {
    const taskQueue = 'patience';
    const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    const worker = await Worker.create({ connection: environment.nativeConnection, taskQueue, workflowBundle });

    const elapsedMs = await worker.runUntil(
      environment.client.workflow.execute(sleepForDays, { workflowId: 'patient', taskQueue, args: [100] }),
    );

    expect(elapsedMs).toBeGreaterThanOrEqual(100 * DAY_MS);
  });
});
