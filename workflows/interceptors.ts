import type { ActivateInput, WorkflowInterceptors } from '@temporalio/workflow';

/** Where the workflow stands in its history. */
interface Point {
  /** When the workflow task started, to the nanosecond. */
  startedAt: string;
  historyLength: number;
}

type Activation = ActivateInput['activation'];

const pointOf = ({ timestamp, historyLength }: Activation): Point => ({
  startedAt: `${String(timestamp?.seconds)}.${String(timestamp?.nanos)}`,
  historyLength: historyLength ?? 0,
});

const onlyAsks = ({ jobs }: Activation): boolean => (jobs ?? []).every(({ queryWorkflow }) => Boolean(queryWorkflow));

/**
 * There is more history than at the last task, and no new task has started: this is the way to a query. What is replayed has
 * been lived through, whatever its clocks said.
 */
function isAhead(activation: Activation, last: Point, here: Point): boolean {
  const isNew = activation.isReplaying !== true && !onlyAsks(activation);
  return isNew && here.startedAt === last.startedAt && here.historyLength > last.historyLength;
}

/**
 * A worker that has to answer a query, and has not the workflow in its memory, runs it up to the end of the history: also past
 * its last task, over an activity or a timer that is over since, at a now that stands still at that task. It would go on from there
 * and live by a clock that no replay repeats. Failing makes the worker forget the workflow; the task that is due runs it anew.
 */
function createGuard(): (activation: Activation) => void {
  let last: Point | undefined;
  return (activation) => {
    const here = pointOf(activation);
    if (last !== undefined && isAhead(activation, last, here))
      throw new Error('A query came before the task that is due: ask again.');
    last = here;
  };
}

/** Temporal's SDK finds them by this name. */
export const interceptors = (): WorkflowInterceptors => {
  const guard = createGuard();
  return {
    internals: [
      {
        activate: (input, next) => {
          // The jobs of one activation come in several batches.
          if (input.batchIndex === 0) guard(input.activation);
          next(input);
        },
      },
    ],
  };
};
