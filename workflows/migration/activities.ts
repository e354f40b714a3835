/** The activities as the workflow calls them: one proxy for each policy. */
import { proxyActivities } from '@temporalio/workflow';
import type { MigrationActivities } from '../../rules/migration/ports.js';

/** Pure but for reading files: a failure is a deployment's mistake that the next attempt may find mended. */
export const { planMigration } = proxyActivities<MigrationActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '1 minute' },
});

/**
 * Tried again until each mail is out, or the activity says what has to wait for a mail server that is away. Five seconds
 * without a heartbeat mean that the worker is gone; progress is kept in the heartbeat, so the next attempt skips what went out.
 */
export const { deliverMessages } = proxyActivities<MigrationActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});

/** The register answers "not written" when it is away, so a few attempts are for a worker that dies. */
export const { writeRegister } = proxyActivities<MigrationActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
});
