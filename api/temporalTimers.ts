/** Which timers of an execution are open, read from its history: the server has no list of them. */
import type { WorkflowService } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;

const PAGE = 1_000;

/** A timer that has neither fired nor been cancelled. */
export interface OpenTimer {
  startedAtMs: number;
  /** By the wall clock of Temporal. */
  firesAtMs: number;
}

type Event = proto.temporal.api.history.v1.IHistoryEvent;

/** Reads a history event by event, so that a timer is open as long as nothing has ended it. */
function followTimers(open: Map<string, OpenTimer>, event: Event): void {
  const { eventType, eventTime, eventId } = event;
  if (eventType === EventType.EVENT_TYPE_TIMER_STARTED) {
    const startedAtMs = tsToMs(eventTime);
    const lastsMs = tsToMs(event.timerStartedEventAttributes?.startToFireTimeout);
    open.set(String(eventId), { startedAtMs, firesAtMs: startedAtMs + lastsMs });
  }
  const ended = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
  if (ended?.startedEventId !== undefined) open.delete(String(ended.startedEventId));
}

/** @throws the server's error, also where there is no such run */
export async function openTimers(
  service: WorkflowService,
  namespace: string,
  execution: { workflowId: string; runId: string },
): Promise<OpenTimer[]> {
  const open = new Map<string, OpenTimer>();
  let nextPageToken: Uint8Array | undefined;
  do {
    const page = await service.getWorkflowExecutionHistory({
      namespace,
      execution,
      maximumPageSize: PAGE,
      ...(nextPageToken && { nextPageToken }),
    });
    for (const event of page.history?.events ?? []) followTimers(open, event);
    nextPageToken = page.nextPageToken;
  } while (nextPageToken.length > 0);
  return [...open.values()];
}
