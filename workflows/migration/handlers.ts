/** What can be said to a running migration. Handlers are synchronous: they change the state and return. */
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import type { Rejection } from '../../rules/migration/events.js';
import {
  judgeAmendment,
  judgeCancel,
  judgeDone,
  judgeSettling,
  judgeSupplierEvent,
} from '../../rules/migration/judge.js';
import { milestoneState } from '../../rules/migration/lookup.js';
import { timelineOf } from '../../rules/migration/timeline.js';
import * as messages from './messages.js';
import { happen, type Run } from './run.js';

/** A rejection leaves a validator as a failure of its own type, so that the API can tell it from everything else. */
function refuse(rejection: Rejection | undefined): void {
  if (rejection === undefined) return;
  const { type, message } = rejection;
  throw ApplicationFailure.create({ type, message, nonRetryable: true, details: [rejection] });
}

function handleSupplierEvents(run: Run): void {
  setHandler(
    messages.supplierEventUpdate,
    (event) => {
      happen(run, { type: 'supplierEventReceived', atMs: run.clock.nowMs(), event });
      const answer = run.state.ledger[event.webhookId];
      if (answer === undefined)
        throw ApplicationFailure.nonRetryable('the event could not be applied', 'MigrationClosed');
      return answer;
    },
    { validator: (event) => refuse(judgeSupplierEvent(run.state, event)) },
  );
}

function handleMilestones(run: Run): void {
  const answer = (milestoneId: string): messages.MilestoneAnswer => ({
    milestoneId,
    status: milestoneState(run.state, milestoneId).status,
  });
  setHandler(
    messages.doneUpdate,
    (report) => {
      happen(run, { type: 'milestoneDone', atMs: run.clock.nowMs(), report });
      return answer(report.milestoneId);
    },
    { validator: (report) => refuse(judgeDone(run.state, report)) },
  );
  setHandler(
    messages.waiveUpdate,
    (request) => {
      happen(run, { type: 'milestoneWaived', atMs: run.clock.nowMs(), ...request });
      return answer(request.milestoneId);
    },
    { validator: (request) => refuse(judgeSettling(run.state, request.milestoneId)) },
  );
}

function handleMigration(run: Run): void {
  setHandler(
    messages.cancelUpdate,
    (request) => {
      happen(run, { type: 'cancelled', atMs: run.clock.nowMs(), ...request });
      return { status: 'cancelled' as const };
    },
    { validator: () => refuse(judgeCancel(run.state)) },
  );
  setHandler(
    messages.amendContactUpdate,
    (amendment) => {
      happen(run, { type: 'contactAmended', atMs: run.clock.nowMs(), amendment });
      return { target: amendment.target };
    },
    { validator: (amendment) => refuse(judgeAmendment(run.state, amendment)) },
  );
}

/** Registers every update and query. Until then Temporal keeps what arrives. */
export function registerHandlers(run: Run): void {
  handleSupplierEvents(run);
  handleMilestones(run);
  handleMigration(run);
  setHandler(messages.stateQuery, () => run.state);
  setHandler(messages.timelineQuery, () => timelineOf(run.state));
}
