import { WorkflowExecutionAlreadyStartedError, type Client, type Connection } from '@temporalio/client';
import type { QueryDefinition, UpdateDefinition } from '@temporalio/common';
import * as messages from '../workflows/migration/messages.js';
import { workflowIdOf } from '../workflows/migration/ids.js';
import { startOptions } from './migrationStart.js';
import {
  workflowIdOfTarget,
  type Migrations,
  type MigrationTarget,
  type OperatorRequest,
  type Outcome,
  type StartMigration,
  type StartOutcome,
} from './migrations.js';
import { findExecution, newestExecution, runningMigrations, type Execution } from './temporalExecutions.js';
import { failedOutcome } from './temporalOutcome.js';

/** A sender waits this long for the migration's word; then it is told to come back. */
const UPDATE_DEADLINE_MS = 5_000;
/** A start writes one event and needs no worker; longer than an update, because an operator would rather wait. */
const START_DEADLINE_MS = 10_000;

export interface TemporalMigrationsDependencies {
  client: Client;
  connection: Connection;
  /** Told of every failure that becomes a 503. */
  report: (error: unknown, what: string) => void;
}

const nameOf = (target: MigrationTarget): string => ('odsCode' in target ? target.odsCode : target.migrationId);

const unknownMigration = (target: MigrationTarget): Outcome<never> => ({
  kind: 'absent',
  state: 'unknown',
  detail: `No migration of ${nameOf(target)} has been started.`,
});

const closedMigration = ({ migrationId }: Execution): Outcome<never> => ({
  kind: 'absent',
  state: 'closed',
  detail: `Migration ${migrationId} has closed; nothing more can be reported to it.`,
});

const noAnswer = (detail: string): Outcome<never> => ({ kind: 'unavailable', detail });

const wrongMigration = (asked: string, running: string): Outcome<never> => ({
  kind: 'rejected',
  rejection: {
    type: 'WrongMigration',
    message: `The running migration is ${running}, not ${asked}.`,
    choices: [running],
  },
});

interface Sending<Answer, Argument> {
  target: MigrationTarget;
  update: UpdateDefinition<Answer, [Argument]>;
  /** Temporal gives a repeat under the same id the first answer. */
  updateId: string;
  argument: Argument;
  /** Set to reach one migration and never its successor. */
  firstRunId?: string;
}

class TemporalMigrations implements Migrations {
  constructor(private readonly deps: TemporalMigrationsDependencies) {}

  async start(command: StartMigration): Promise<StartOutcome> {
    const workflowId = workflowIdOf(command.migrationId);
    if (workflowId === undefined) throw new Error(`"${command.migrationId}" is not a migration id`);
    const { migrationId } = command;
    try {
      return await this.within(START_DEADLINE_MS, async () => {
        const before = await newestExecution(this.deps.client, workflowId);
        if (before?.migrationId === migrationId) return { kind: 'started', migrationId, workflowId };
        await this.startWorkflow(workflowId, command);
        return { kind: 'started', migrationId, workflowId };
      });
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return this.alreadyRunning(workflowId, migrationId);
      this.deps.report(error, 'start');
      return { kind: 'unavailable', detail: 'Temporal cannot be reached at the moment. Nothing is lost: try again.' };
    }
  }

  /** No look-up first: a migration judges for itself whether an event is its own. */
  sendSupplierEvent: Migrations['sendSupplierEvent'] = async (target, event) =>
    this.send({ target, update: messages.supplierEventUpdate, updateId: event.webhookId, argument: event });

  done: Migrations['done'] = async (request) => this.sendToOne(messages.doneUpdate, request);
  waive: Migrations['waive'] = async (request) => this.sendToOne(messages.waiveUpdate, request);
  acknowledgeSlip: Migrations['acknowledgeSlip'] = async (request) =>
    this.sendToOne(messages.acknowledgeSlipUpdate, request);
  cancel: Migrations['cancel'] = async (request) => this.sendToOne(messages.cancelUpdate, request);
  reportCounts: Migrations['reportCounts'] = async (request) => this.sendToOne(messages.reportCountsUpdate, request);
  decide: Migrations['decide'] = async (request) => this.sendToOne(messages.decideUpdate, request);
  addItem: Migrations['addItem'] = async (request) => this.sendToOne(messages.addItemUpdate, request);
  hold: Migrations['hold'] = async (request) => this.sendToOne(messages.holdUpdate, request);
  redate: Migrations['redate'] = async (request) => this.sendToOne(messages.redateUpdate, request);
  amendContact: Migrations['amendContact'] = async (request) => this.sendToOne(messages.amendContactUpdate, request);

  reportBounce: Migrations['reportBounce'] = async (request) => this.sendToOne(messages.reportBounceUpdate, request);
  askHelp: Migrations['askHelp'] = async (request) => this.sendToOne(messages.askHelpUpdate, request);
  revokeLinks: Migrations['revokeLinks'] = async (request) => this.sendToOne(messages.revokeLinksUpdate, request);

  page: Migrations['page'] = async (target, role) => this.ask(target, messages.pageQuery, [role, Date.now()]);
  armed: Migrations['armed'] = async (target) => this.ask(target, messages.armedQuery, [Date.now()]);
  planning: Migrations['planning'] = async (target) => this.ask(target, messages.planningQuery, [Date.now()]);
  running: Migrations['running'] = async () => this.listed();
  calendar: Migrations['calendar'] = async (target, role) => this.ask(target, messages.calendarQuery, [role]);
  auditHead: Migrations['auditHead'] = async (target) => this.ask(target, messages.auditHeadQuery, []);
  timeline: Migrations['timeline'] = async (target) => this.ask(target, messages.timelineQuery, []);

  private async listed(): Promise<Outcome<string[]>> {
    try {
      const ids = await this.within(START_DEADLINE_MS, () => runningMigrations(this.deps.client));
      return { kind: 'answered', answer: ids };
    } catch (error) {
      this.deps.report(error, 'list');
      return noAnswer('Temporal cannot be reached at the moment. Running migrations go on when it is back.');
    }
  }

  private async ask<Answer, Args extends unknown[]>(
    target: MigrationTarget,
    query: QueryDefinition<Answer, Args>,
    args: Args,
  ): Promise<Outcome<Answer>> {
    return this.attempt(target, query.name, async () => {
      const execution = await findExecution(this.deps.client, target);
      if (execution === undefined) return unknownMigration(target);
      const handle = this.deps.client.workflow.getHandle(execution.workflowId, execution.runId);
      return { kind: 'answered', answer: await handle.query(query, ...args) };
    });
  }

  private async startWorkflow(workflowId: string, command: StartMigration): Promise<void> {
    await this.deps.client.workflow.start(messages.migrationWorkflowType, startOptions(workflowId, command));
  }

  private async alreadyRunning(workflowId: string, migrationId: string): Promise<StartOutcome> {
    try {
      const running = await this.within(START_DEADLINE_MS, () => newestExecution(this.deps.client, workflowId));
      if (running?.migrationId === migrationId) return { kind: 'started', migrationId, workflowId };
      return { kind: 'alreadyRunning', runningMigrationId: running?.migrationId ?? workflowId };
    } catch (error) {
      this.deps.report(error, 'start');
      return { kind: 'alreadyRunning', runningMigrationId: workflowId };
    }
  }

  private async sendToOne<Answer, Payload>(
    update: UpdateDefinition<Answer, [Payload]>,
    { target, requestId, payload }: OperatorRequest<Payload>,
  ): Promise<Outcome<Answer>> {
    return this.attempt(target, update.name, async () => {
      const newest = await newestExecution(this.deps.client, workflowIdOfTarget(target));
      if (newest === undefined) return unknownMigration(target);
      if ('migrationId' in target && newest.migrationId !== target.migrationId)
        return newest.running ? wrongMigration(target.migrationId, newest.migrationId) : this.absent(target);
      const { firstRunId } = newest;
      return this.send({ target, update, updateId: `${update.name}:${requestId}`, argument: payload, firstRunId });
    });
  }

  private async send<Answer, Argument>(sending: Sending<Answer, Argument>): Promise<Outcome<Answer>> {
    const { target, update, updateId, argument, firstRunId } = sending;
    return this.attempt(target, update.name, async () => {
      const options = firstRunId === undefined ? {} : { firstExecutionRunId: firstRunId };
      const handle = this.deps.client.workflow.getHandle(workflowIdOfTarget(target), undefined, options);
      return {
        kind: 'answered',
        answer: await handle.executeUpdate<Answer, [Argument]>(update, { updateId, args: [argument] }),
      };
    });
  }

  private async attempt<Answer>(
    target: MigrationTarget,
    what: string,
    work: () => Promise<Outcome<Answer>>,
  ): Promise<Outcome<Answer>> {
    try {
      return await this.within(UPDATE_DEADLINE_MS, work);
    } catch (error) {
      return failedOutcome(
        error,
        () => this.absent(target),
        (failure) => this.deps.report(failure, what),
      );
    }
  }

  /** Why nobody is there to take it. */
  private async absent(target: MigrationTarget): Promise<Outcome<never>> {
    try {
      const found = await this.within(UPDATE_DEADLINE_MS, () => findExecution(this.deps.client, target));
      if (found === undefined) return unknownMigration(target);
      // It runs, and yet the update found nobody: it started or continued just now.
      return found.running ? noAnswer('The migration is just starting. Send the same again.') : closedMigration(found);
    } catch (error) {
      this.deps.report(error, 'look-up');
      return noAnswer('Temporal cannot be reached at the moment. Send the same again.');
    }
  }

  private within<Result>(deadlineMs: number, work: () => Promise<Result>): Promise<Result> {
    return this.deps.connection.withDeadline(Date.now() + deadlineMs, work);
  }
}

/** Migrations as Temporal runs them. */
export const createTemporalMigrations = (deps: TemporalMigrationsDependencies): Migrations =>
  new TemporalMigrations(deps);
