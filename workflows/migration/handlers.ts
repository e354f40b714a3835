/** What can be said to a running migration. */
import type { UpdateDefinition } from '@temporalio/common';
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { MigrationEvent, Rejection } from '../../rules/migration/events.js';
import { judgeAmendment, judgeCancel, judgeDone, judgeSupplierEvent, judgeWaive } from '../../rules/migration/judge.js';
import { milestoneState } from '../../rules/migration/lookup.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { timelineOf } from '../../rules/migration/timeline.js';
import * as messages from './messages.js';
import { happen, type Run } from './run.js';

/** The run once it is planned. What arrives before that waits for it. */
export interface RunSoon {
  run?: Run;
}

/** A rejection leaves as a failure of its own type, so that the API can tell it from everything else. */
function refuse(rejection: Rejection | undefined): void {
  if (rejection === undefined) return;
  const { type } = rejection;
  // The words may hold a name, and the codec encrypts details, not messages.
  throw ApplicationFailure.create({ type, message: type, nonRetryable: true, details: [rejection] });
}

async function planned(soon: RunSoon): Promise<Run> {
  await condition(() => soon.run !== undefined);
  if (soon.run === undefined) throw ApplicationFailure.retryable('the migration is not planned yet', 'NotPlanned');
  return soon.run;
}

interface UpdateRules<Result, Args> {
  judge: (state: MigrationState, args: Args, atMs: number) => Rejection | undefined;
  event: (args: Args, atMs: number) => MigrationEvent;
  answer: (state: MigrationState, args: Args) => Result;
}

/**
 * Handles one kind of update: judge, apply, answer. Once the migration is planned there is no `await` on the way, so nothing
 * can come between the judgement and the change; what came before the plan is judged when its turn comes.
 */
function handleUpdate<Result, Args>(
  soon: RunSoon,
  definition: UpdateDefinition<Result, [Args]>,
  { judge, event, answer }: UpdateRules<Result, Args>,
): void {
  const handler = async (args: Args): Promise<Result> => {
    const run = soon.run ?? (await planned(soon));
    const atMs = run.clock.nowMs();
    refuse(judge(run.state, args, atMs));
    happen(run, event(args, atMs));
    return answer(run.state, args);
  };
  const validator = (args: Args): void => {
    if (soon.run !== undefined) refuse(judge(soon.run.state, args, soon.run.clock.nowMs()));
  };
  setHandler(definition, handler, { validator });
}

function milestoneAnswer(state: MigrationState, { milestoneId }: { milestoneId: string }): messages.MilestoneAnswer {
  return { milestoneId, status: milestoneState(state, milestoneId).status };
}

function handleQueries(soon: RunSoon): void {
  const stateNow = (): MigrationState => {
    if (soon.run === undefined) throw ApplicationFailure.retryable('the migration is not planned yet', 'NotPlanned');
    return soon.run.state;
  };
  setHandler(messages.stateQuery, stateNow);
  setHandler(messages.timelineQuery, () => timelineOf(stateNow()));
}

/** Registers every update and query. At once, before anything is awaited: an update that finds no handler is refused. */
export function registerHandlers(soon: RunSoon): void {
  handleUpdate(soon, messages.supplierEventUpdate, {
    judge: judgeSupplierEvent,
    event: (event, atMs) => ({ type: 'supplierEventReceived', atMs, event }),
    answer: (state, { webhookId }) => {
      const answer = state.ledger[webhookId];
      if (answer === undefined) throw ApplicationFailure.nonRetryable('the event was not applied', 'NotApplied');
      return answer;
    },
  });
  handleUpdate(soon, messages.doneUpdate, {
    judge: judgeDone,
    event: (report, atMs) => ({ type: 'milestoneDone', atMs, report }),
    answer: milestoneAnswer,
  });
  handleUpdate(soon, messages.waiveUpdate, {
    judge: judgeWaive,
    event: (request, atMs) => ({ type: 'milestoneWaived', atMs, ...request }),
    answer: milestoneAnswer,
  });
  handleUpdate(soon, messages.cancelUpdate, {
    judge: judgeCancel,
    event: (request, atMs) => ({ type: 'cancelled', atMs, ...request }),
    answer: () => ({ status: 'cancelled' as const }),
  });
  handleUpdate(soon, messages.amendContactUpdate, {
    judge: judgeAmendment,
    event: (amendment, atMs) => ({ type: 'contactAmended', atMs, amendment }),
    answer: (_state, { target }) => ({ target }),
  });
  handleQueries(soon);
}
