/** The runs of a migration that has continued as new. */
import type { WorkflowClient } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import type { MigrationInput } from '../../workflows/migration/messages.js';

type History = temporal.api.history.v1.IHistory;

/** The history of each run, from the first to the one that ended. */
export async function historiesOfRuns(
  client: WorkflowClient,
  workflowId: string,
  firstRunId: string,
): Promise<History[]> {
  const histories: History[] = [];
  for (let runId: string | undefined = firstRunId; runId !== undefined;) {
    const history: History = await client.getHandle(workflowId, runId).fetchHistory();
    histories.push(history);
    const last = history.events?.at(-1);
    runId = last?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined;
  }
  return histories;
}

/** What a run was started with. */
export function inputOf(history: History): MigrationInput {
  const [payload] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  if (payload === undefined) throw new Error('The history has no input.');
  return defaultPayloadConverter.fromPayload<MigrationInput>(payload);
}
