/** A migration as a fast rehearsal on a real Temporal server, and somebody who talks to it. */
import { Client, Connection, type WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { WorkerDeploymentVersion } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from '../../rules/calendar/clock.js';
import type { Day } from '../../rules/calendar/day.js';
import type { ContactAmendment, MigrationEvent, SupplierEvent } from '../../rules/migration/events.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { plannedMove } from '../../rules/migration/redate/planned.js';
import type { PlannedMigration } from '../../rules/plan/planMigration.js';
import type { Order } from '../../rules/order/schema.js';
import type { migration } from '../../workflows/index.js';
import { makeMigrationId, workflowIdOf } from '../../workflows/migration/ids.js';
import * as messages from '../../workflows/migration/messages.js';
import { startingSearchAttributes } from '../../workflows/migration/searchAttributes.js';
import { plannedExample } from './examples.js';
import { movesOf, shippedReplanning, type Moves } from './redating.js';
import { recordActivities, type Recording } from './recordingActivities.js';

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 5;
const PATIENCE_MS = 60_000;

export interface RehearsalPlace {
  /** `host:port` of the server, which knows the search attributes. */
  address: string;
  /** JavaScript of the bundled workflows. */
  bundleCode: string;
}

export interface RehearsalScript {
  order: Order;
  /** How long one of the migration's days lasts, in real milliseconds; absent for a migration by the wall clock. */
  dayMs?: number;
  /** Changes what the activities do, before anything runs. */
  prepare?: (recording: Recording) => unknown;
}

/** Said to the migration and taken by it, in the order in which it was taken. `atMs` is not known here. */
type Said = MigrationEvent extends infer Each ? (Each extends { atMs: number } ? Omit<Each, 'atMs'> : never) : never;

const OPERATOR = 'Tom Ashdown';
/** Histories hold it; the SDK's own would name the machine. */
const identity = 'rehearsal';

/** The migration's side, as a test or a recorder sees it. */
export class Rehearsal {
  readonly said: Said[] = [];

  constructor(
    readonly handle: WorkflowHandleWithFirstExecutionRunId<typeof migration>,
    readonly recording: Recording,
    readonly planned: PlannedMigration,
    private readonly order: Order,
  ) {}

  /** A supplier's event, under a webhook id of its own unless one is given. */
  async supplierSays(type: SupplierEvent['type'], supplierId: string, change: Partial<SupplierEvent> = {}) {
    const event: SupplierEvent = { webhookId: `w${this.said.length + 1}`, supplierId, type, ...change };
    const answer = await this.handle.executeUpdate(messages.supplierEventUpdate, { args: [event] });
    this.said.push({ type: 'supplierEventReceived', event });
    return answer;
  }

  async done(milestoneId: string, forDate?: Day): Promise<void> {
    const isDecision = this.planned.plan.milestones.some(({ id, decides }) => id === milestoneId && decides);
    const outcome = isDecision ? ({ outcome: 'needed' } as const) : {};
    const report = { milestoneId, by: OPERATOR, ...(forDate !== undefined && { forDate }), ...outcome };
    await this.handle.executeUpdate(messages.doneUpdate, { args: [report] });
    this.said.push({ type: 'milestoneDone', report });
  }

  async waive(milestoneId: string): Promise<void> {
    const request = { milestoneId, by: OPERATOR, reason: 'agreed by telephone' };
    await this.handle.executeUpdate(messages.waiveUpdate, { args: [request] });
    this.said.push({ type: 'milestoneWaived', ...request });
  }

  async amendContact(target: string, contact: ContactAmendment['contact']): Promise<void> {
    const amendment = { target, contact, by: OPERATOR };
    await this.handle.executeUpdate(messages.amendContactUpdate, { args: [amendment] });
    this.said.push({ type: 'contactAmended', amendment });
  }

  /** Previews and moves days, at whatever version the migration is when the plan comes back. */
  async move(moves: Moves): Promise<void> {
    const replanned = { order: this.order, replanning: shippedReplanning() };
    const said = { by: OPERATOR, reason: 'the supplier has no slot', acceptRisks: true };
    const { state, nowMs } = await this.handle.query(messages.planningQuery, Date.now());
    const redate = plannedMove(state, movesOf(moves), said, replanned, nowMs);
    await this.handle.executeUpdate(messages.redateUpdate, { args: [redate] });
    this.said.push({ type: 'redated', redate });
  }

  async hold(): Promise<void> {
    const request = { by: OPERATOR, reason: 'the practice may merge' };
    await this.handle.executeUpdate(messages.holdUpdate, { args: [request] });
    this.said.push({ type: 'held', ...request });
  }

  async cancel(): Promise<void> {
    const request = { by: 'Helen Marsh', reason: 'the practice merges' };
    await this.handle.executeUpdate(messages.cancelUpdate, { args: [request] });
    this.said.push({ type: 'cancelled', ...request });
  }

  /** Waits, in real time, for a message. */
  async untilSent(wanted: (message: OutboundMessage) => boolean, count = 1): Promise<void> {
    await until(() => this.recording.sent.filter(({ message }) => wanted(message)).length >= count);
  }

  /** Waits until something has happened on a day of the migration or after it. */
  async untilDay(day: Day): Promise<void> {
    const atMs = instantOf(this.planned.plan.workingTime.clock, day, 0);
    await until(() =>
      [this.recording.sent.at(-1), this.recording.audit.at(-1)].some((each) => (each?.atMs ?? 0) >= atMs),
    );
  }
}

/** @throws when the condition does not come true within a minute */
export async function until(condition: () => boolean): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > giveUpAtMs) throw new Error(`This did not happen within a minute: ${condition.toString()}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** Until a version is current nothing runs, and it can be made so once its worker has polled. */
async function makeCurrent(connection: Connection, version: WorkerDeploymentVersion): Promise<void> {
  const request = { namespace: 'default', identity: 'test', ...version };
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await connection.workflowService.setWorkerDeploymentCurrentVersion(request);
      return;
    } catch (error) {
      if (Date.now() > giveUpAtMs) throw error;
      await pause(LOOK_EVERY_MS * 10);
    }
  }
}

let count = 0;

/** Starts the migration, does something with it while a worker serves it, and closes all connections. */
export async function rehearse<Result>(
  { address, bundleCode }: RehearsalPlace,
  script: RehearsalScript,
  act: (rehearsal: Rehearsal) => Promise<Result>,
): Promise<Result> {
  const connection = await Connection.connect({ address });
  const workerConnection = await NativeConnection.connect({ address });
  const planned = plannedExample(script.order);
  const recording = recordActivities(planned);
  script.prepare?.(recording);
  count += 1;
  const taskQueue = `rehearsal-${count}`;
  const version = { deploymentName: taskQueue, buildId: 'test' };
  try {
    const worker = await Worker.create({
      connection: workerConnection,
      taskQueue,
      identity,
      workflowBundle: { code: bundleCode },
      activities: { ...recording.activities },
      workerDeploymentOptions: { version, useWorkerVersioning: true, defaultVersioningBehavior: 'AUTO_UPGRADE' },
    });
    return await worker.runUntil(async () => {
      await makeCurrent(connection, version);
      const handle = await start(new Client({ connection, identity }), taskQueue, script);
      return await act(new Rehearsal(handle, recording, planned, script.order));
    });
  } finally {
    await workerConnection.close();
    await connection.close();
  }
}

async function start(client: Client, taskQueue: string, { order, dayMs }: RehearsalScript) {
  const { odsCode } = order.practice;
  const speed = dayMs === undefined ? undefined : DAY_MS / dayMs;
  const random = `test${String(count).padStart(2, '0')}`;
  const migrationId = makeMigrationId(odsCode, order.orderedOn, random, speed !== undefined);
  const input = { migrationId, order, asOf: order.orderedOn, ...(speed !== undefined && { rehearsal: { speed } }) };
  return await client.workflow.start<typeof migration>(messages.migrationWorkflowType, {
    workflowId: workflowIdOf(migrationId) ?? migrationId,
    taskQueue,
    args: [input],
    memo: { migrationId },
    typedSearchAttributes: startingSearchAttributes({
      odsCode,
      sourceSupplierId: order.parties.find(({ roles }) => roles.includes('sourceSupplier'))?.id ?? '',
      targetSupplierId: order.parties.find(({ roles }) => roles.includes('targetSupplier'))?.id ?? '',
    }),
  });
}
