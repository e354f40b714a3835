/** Talking to the migrations of the other practices on one instance. */
import { getExternalWorkflowHandle, isCancellation, setHandler } from '@temporalio/workflow';
import { instanceCalls } from '../../rules/migration/instance.js';
import type { InstanceCall } from '../../rules/migration/events.js';
import { planned, type RunSoon } from './handleUpdate.js';
import { workflowIdOfPractice } from './ids.js';
import { instanceSignal } from './messages.js';
import { happen, type Run } from './run.js';

/** A practice that has no migration running misses it: it greets once it has one. */
async function call({ to, word }: InstanceCall): Promise<void> {
  try {
    await getExternalWorkflowHandle(workflowIdOfPractice(to)).signal(instanceSignal, word);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}

/** Says what there is to say to the others. @returns false where there is nothing */
export async function tellInstance(run: Run): Promise<boolean> {
  const calls = instanceCalls(run.state);
  if (calls.length === 0) return false;
  const { dateVersion } = run.state.plan;
  await Promise.all(calls.map(call));
  happen(run, { type: 'instanceTold', atMs: run.clock.nowMs(), calls, dateVersion });
  return true;
}

/** A signal, because a workflow can send another nothing else; it needs no answer. */
export function handleInstance(soon: RunSoon): void {
  setHandler(instanceSignal, async (word) => {
    const run = soon.run ?? (await planned(soon));
    happen(run, { type: 'instanceHeard', atMs: run.clock.nowMs(), word });
  });
}
