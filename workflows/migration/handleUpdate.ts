/** How one kind of update is handled: judged, applied, answered. */
import type { UpdateDefinition } from '@temporalio/common';
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import type { MigrationEvent, Rejection } from '../../rules/migration/events.js';
import type { MigrationState } from '../../rules/migration/state.js';
import type { Order } from '../../rules/order/schema.js';
import { happen, type Run } from './run.js';
import type { WakeTimer } from './wakeTimer.js';

/** The run once it is planned. What arrives before that waits for it. */
export interface RunSoon {
  run?: Run;
  readonly timer: WakeTimer;
  /** What the migration was started with. */
  readonly order: Order;
}

/** A rejection leaves as a failure of its own type, so that the API can tell it from everything else. */
function refuse(rejection: Rejection | undefined): void {
  if (rejection === undefined) return;
  const { type } = rejection;
  // The words may hold a name, and the codec encrypts details, not messages.
  throw ApplicationFailure.create({ type, message: type, nonRetryable: true, details: [rejection] });
}

/** The run, once there is one. */
export async function planned(soon: RunSoon): Promise<Run> {
  await condition(() => soon.run !== undefined);
  if (soon.run === undefined) throw ApplicationFailure.retryable('the migration is not planned yet', 'NotPlanned');
  return soon.run;
}

interface UpdateRules<Result, Args> {
  judge: (state: MigrationState, args: Args, atMs: number) => Rejection | undefined;
  event: (args: Args, atMs: number, state: MigrationState) => MigrationEvent;
  answer: (state: MigrationState, args: Args) => Result;
}

/**
 * Handles one kind of update: judge, apply, answer. Once the migration is planned there is no `await` on the way, so nothing
 * can come between the judgement and the change; what came before the plan is judged when its turn comes.
 */
export function handleUpdate<Result, Args>(
  soon: RunSoon,
  definition: UpdateDefinition<Result, [Args]>,
  { judge, event, answer }: UpdateRules<Result, Args>,
): void {
  const handler = async (args: Args): Promise<Result> => {
    const run = soon.run ?? (await planned(soon));
    const atMs = run.clock.nowMs();
    refuse(judge(run.state, args, atMs));
    happen(run, event(args, atMs, run.state));
    return answer(run.state, args);
  };
  const validator = (args: Args): void => {
    if (soon.run !== undefined) refuse(judge(soon.run.state, args, soon.run.clock.nowMs()));
  };
  setHandler(definition, handler, { validator });
}
