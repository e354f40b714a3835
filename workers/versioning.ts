import type { Connection } from '@temporalio/client';
import { migrationDeploymentName } from '../workflows/migration/messages.js';
import { untilItWorks, type Patience } from './untilItWorks.js';

const CALL_DEADLINE_MS = 5_000;

export interface Build {
  namespace: string;
  buildId: string;
  /** The product's own unless given. */
  deploymentName?: string;
}

/**
 * Makes a build the current one of its deployment. Before that nothing runs on it, and it is possible only once a worker of
 * that build has polled: so this is tried until it works.
 */
export async function setCurrentVersion(connection: Connection, build: Build, patience: Patience): Promise<void> {
  const { namespace, buildId, deploymentName = migrationDeploymentName } = build;
  const request = { namespace, deploymentName, buildId, identity: 'leadtime' };
  const ask = () =>
    connection.withDeadline(Date.now() + CALL_DEADLINE_MS, () =>
      connection.workflowService.setWorkerDeploymentCurrentVersion(request),
    );
  await untilItWorks('make this build the current one', ask, patience);
}
