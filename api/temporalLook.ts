/** What Temporal itself knows of a migration and of those who carry migrations out: the proof beside a migration's own word. */
import type { Connection } from '@temporalio/client';
import { optionalTsToMs, tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import { migrationDeploymentName, migrationTaskQueue } from '../workflows/migration/messages.js';
import { searchAttributeKeys } from '../workflows/migration/searchAttributes.js';
import { openTimers, type OpenTimer } from './temporalTimers.js';

const { TaskQueueType, WorkflowExecutionStatus } = proto.temporal.api.enums.v1;

const DEADLINE_MS = 5_000;
const DAY_MS = 86_400_000;
const NOT_FOUND = 5;

/** Something that a migration does at the moment, or tries to do again. */
export interface UnderWay {
  what: string;
  /** 1 for the first. */
  attempt: number;
  /** Why the last attempt failed. */
  failure?: string;
}

export interface ExecutionLook {
  running: boolean;
  timers: OpenTimer[];
  activities: UnderWay[];
  /** A step of the migration that no worker has answered yet. */
  task?: { attempt: number; waitingSinceMs: number };
}

/** A worker that asks for work. */
export interface Poller {
  buildId: string;
  lastSeenMs: number;
}

export interface WorkersLook {
  workflow: Poller[];
  activity: Poller[];
  /** The build that migrations run on; absent while none is current. */
  currentBuildId?: string;
}

export interface NamespaceLook {
  namespace: string;
  retentionDays: number;
  /** Search attributes that are not there. */
  missing: string[];
}

/** Each rejects where Temporal does not answer in time. */
export interface TemporalLook {
  execution(workflowId: string): Promise<ExecutionLook>;
  workers(): Promise<WorkersLook>;
  namespace(): Promise<NamespaceLook>;
}

interface Place {
  connection: Connection;
  namespace: string;
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === NOT_FOUND;

async function lookAtExecution({ connection, namespace }: Place, workflowId: string): Promise<ExecutionLook> {
  const { workflowService } = connection;
  const found = await workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  const { workflowExecutionInfo: info, pendingWorkflowTask: task, pendingActivities } = found;
  const runId = info?.execution?.runId ?? '';
  const waitingSince = task?.originalScheduledTime ?? task?.scheduledTime;
  return {
    running: info?.status === WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING,
    timers: await openTimers(workflowService, namespace, { workflowId, runId }),
    activities: pendingActivities.map(({ activityType, attempt, lastFailure }) => ({
      what: activityType?.name ?? 'something',
      attempt: attempt ?? 1,
      ...(lastFailure?.message && { failure: lastFailure.message }),
    })),
    ...(task && { task: { attempt: task.attempt ?? 1, waitingSinceMs: tsToMs(waitingSince) } }),
  };
}

type QueueType = proto.temporal.api.enums.v1.TaskQueueType;

async function pollersOf({ connection, namespace }: Place, taskQueueType: QueueType): Promise<Poller[]> {
  const taskQueue = { name: migrationTaskQueue };
  const { pollers } = await connection.workflowService.describeTaskQueue({ namespace, taskQueue, taskQueueType });
  return pollers.map(({ deploymentOptions, lastAccessTime }) => ({
    buildId: deploymentOptions?.buildId ?? '',
    lastSeenMs: tsToMs(lastAccessTime),
  }));
}

/** Undefined while none is current. */
async function currentBuildOf({ connection, namespace }: Place): Promise<string | undefined> {
  const deploymentName = migrationDeploymentName;
  try {
    const found = await connection.workflowService.describeWorkerDeployment({ namespace, deploymentName });
    return found.workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId ?? undefined;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function lookAtWorkers(place: Place): Promise<WorkersLook> {
  const buildId = await currentBuildOf(place);
  return {
    workflow: await pollersOf(place, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    activity: await pollersOf(place, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
    ...(buildId && { currentBuildId: buildId }),
  };
}

async function lookAtNamespace({ connection, namespace }: Place): Promise<NamespaceLook> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const wanted = Object.values(searchAttributeKeys).map(({ name }) => name);
  return {
    namespace,
    retentionDays: (optionalTsToMs(config?.workflowExecutionRetentionTtl) ?? 0) / DAY_MS,
    missing: wanted.filter((name) => !(name in customAttributes)),
  };
}

/** Every call has its deadline. */
export function createTemporalLook(connection: Connection, namespace: string): TemporalLook {
  const place = { connection, namespace };
  const within = <Result>(work: () => Promise<Result>): Promise<Result> =>
    connection.withDeadline(Date.now() + DEADLINE_MS, work);
  return {
    execution: (workflowId) => within(() => lookAtExecution(place, workflowId)),
    workers: () => within(() => lookAtWorkers(place)),
    namespace: () => within(() => lookAtNamespace(place)),
  };
}
