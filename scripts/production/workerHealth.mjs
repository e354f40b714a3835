import { hostname } from 'node:os';

/** For a container's health check: 0 when Temporal has heard from this container's worker lately, else 1. */
const { TEMPORAL_ADDRESS: address = '127.0.0.1:7233', TEMPORAL_NAMESPACE: namespace = 'leadtime' } = process.env;
/** A worker asks again after a minute in which there was nothing to do. */
const LATELY_MS = 150_000;
const PATIENCE_MS = 5_000;

try {
  const { Connection } = await import('@temporalio/client');
  const { tsToMs } = await import('@temporalio/common/lib/time.js');
  const { migrationTaskQueue: name } = await import('../../dist/workflows/migration/messages.js');
  const connection = await Connection.connect({ address, connectTimeout: PATIENCE_MS });
  const { pollers } = await connection.withDeadline(Date.now() + PATIENCE_MS, () =>
    connection.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType: 1 }),
  );
  const since = Date.now() - LATELY_MS;
  const alive = pollers.some(
    ({ identity, lastAccessTime }) => identity.endsWith(`@${hostname()}`) && tsToMs(lastAccessTime) > since,
  );
  console.log(alive ? 'The worker asks for work.' : 'Temporal has not heard from this worker lately.');
  process.exit(alive ? 0 : 1);
} catch (error) {
  console.error(`Temporal does not say whether the worker is alive: ${error.message}`);
  process.exit(1);
}
