/** One migration while it runs: its state, its clock, and what it still owes the register. */
import { workflowInfo } from '@temporalio/workflow';
import { apply } from '../../rules/migration/apply.js';
import type { MigrationEvent, Phase } from '../../rules/migration/events.js';
import type { MessageOutcome, OutboundMessage } from '../../rules/migration/messages.js';
import { sentDrafts, sentRows } from '../../rules/migration/sentDrafts.js';
import type { MigrationState, MigrationStatus } from '../../rules/migration/state.js';
import { triesMail } from '../../rules/migration/mailAway.js';
import type { Deferral } from '../../rules/migration/ports.js';
import { deliverMessages, writeRegister } from './activities.js';
import type { MigrationClock } from './clock.js';
import { unansweredAfter, whileAway } from './mailAway.js';
import { hasNews, owesRegister, seal, writeOf, written, type RegisterQueue } from './registerQueue.js';
import { deliverySummary, writeSummary } from './summaries.js';

export interface Run {
  state: MigrationState;
  queue: RegisterQueue;
  readonly clock: MigrationClock;
  /** A handler has changed the state since the main loop last looked. */
  changed: boolean;
  /** What Temporal's lists show. */
  shown: { phase: Phase; status: MigrationStatus };
}

/** Applies an event and remembers that there is something new to decide. */
export function happen(run: Run, event: MigrationEvent): void {
  run.state = apply(run.state, event);
  run.changed = true;
}

/** Moves what the state has to tell into the register's queue. */
function queueNews(run: Run, milestoneIds: string[]): void {
  run.queue = seal(run.queue, run.state.outbox, milestoneIds);
  run.state = { ...run.state, outbox: [], dirty: [] };
}

export async function tellRegister(run: Run): Promise<void> {
  queueNews(run, run.state.dirty);
  const write = writeOf(run.queue, run.state, workflowInfo().workflowId);
  const { registerWritten, head } = await writeRegister.executeWithOptions({ summary: writeSummary(write) }, [write]);
  if (registerWritten) run.queue = written(run.queue, head);
}

const allSent = (messages: OutboundMessage[]): MessageOutcome[] =>
  messages.map(({ key }) => ({ key, outcome: 'sent', mayHaveRepeated: false, messageId: '' }));

/** The records of the sends, sealed exactly as the activity has sealed them. */
function queueSends(run: Run, messages: OutboundMessage[], outcomes: MessageOutcome[], atMs: number): void {
  const rows = sentRows(messages, outcomes, atMs);
  const { head, unwritten } = seal(run.queue, sentDrafts(messages, outcomes, atMs), []);
  run.queue = { head, unwritten: { ...unwritten, messages: [...unwritten.messages, ...rows] } };
}

/**
 * Sends what is due and writes the register in the same activity.
 *
 * The register is shown the milestones as they stand once everything is sent. Handlers may change the state meanwhile: what
 * they touch stays dirty and goes with the next write.
 */
export async function deliver(run: Run, messages: OutboundMessage[], atMs: number): Promise<void> {
  const owedAnyway = [...run.queue.unwritten.milestoneIds, ...run.state.dirty];
  const settled = apply(run.state, { type: 'messagesSettled', atMs, messages, outcomes: allSent(messages) });
  queueNews(run, settled.dirty);
  const write = writeOf(run.queue, settled, workflowInfo().workflowId);
  const input = { messages, write, head: run.queue.head, atMs, ...whileAway(run.state) };
  const { outcomes, registerWritten, head, deferred } = await deliverMessages.executeWithOptions(
    { summary: deliverySummary(messages) },
    [input],
  );
  queueSends(run, messages, outcomes, atMs);
  const touchedMeanwhile = run.state.dirty;
  run.state = apply(run.state, { type: 'messagesSettled', atMs, messages, outcomes });
  // Recorded before there was deferring, or nothing deferred: every message has its outcome.
  if (deferred !== undefined) {
    await defer(run, { messages, outcomes, deferred, owedAnyway });
    return;
  }
  const shown = registerWritten && outcomes.every((outcome) => outcome.outcome === 'sent');
  if (shown) run.state = { ...run.state, dirty: touchedMeanwhile };
  if (registerWritten) run.queue = written(run.queue, head);
  if (run.state.mailAway !== undefined && triesMail(messages))
    happen(run, { type: 'mailReturned', atMs: run.clock.nowMs() });
}

interface Deferred {
  messages: OutboundMessage[];
  outcomes: MessageOutcome[];
  deferred: Deferral;
  /** Milestones whose rows the register lacks, whatever was sent. */
  owedAnyway: readonly string[];
}

/** Notes what has to wait, and tells the register at once what the activity did not: the write showed everything as sent. */
async function defer(run: Run, { messages, outcomes, deferred, owedAnyway }: Deferred): Promise<void> {
  const { unwritten } = run.queue;
  run.queue = { ...run.queue, unwritten: { ...unwritten, milestoneIds: [...new Set(owedAnyway)] } };
  const { reason, awayForMs } = deferred;
  happen(run, {
    type: 'mailDeferred',
    atMs: run.clock.nowMs(),
    reason,
    waiting: messages.length - outcomes.length,
    ...(awayForMs !== undefined && { awayForMs }),
    unanswered: unansweredAfter(messages, deferred),
  });
  if (hasNews(run.state) || owesRegister(run.queue)) await tellRegister(run);
}
