/**
 * A whole migration in virtual time, on `decide` and `apply` alone.
 *
 * Within a wake things happen in the order of the workflow: decide, apply what time has brought about, send, apply how the
 * mails ended, and look again, until nothing is due. The workflow's test holds the two against each other.
 */
import { apply } from '../migration/apply.js';
import { decide } from '../migration/decide.js';
import type { MigrationEvent } from '../migration/events.js';
import { isOpen } from '../migration/lookup.js';
import type { MessageOutcome, OutboundMessage } from '../migration/messages.js';
import { plannedMove, type Replanned } from '../migration/redate/planned.js';
import { withDistances } from '../migration/redate/shift.js';
import type { MigrationState } from '../migration/state.js';
import { nobody, type Act, type Actor, type OutsideEvent } from './actor.js';
import { effectOf, judge } from './judge.js';
import { changesBetween } from './observe.js';
import type { Happening, TraceEntry } from './trace.js';

/** A time in which nothing runs: what is due in it, and what is said in it, comes at its end. `toMs` is exclusive. */
export interface Outage {
  fromMs: number;
  toMs: number;
}

export interface RehearsalOptions {
  actor?: Actor;
  /** In order of time. */
  outages?: readonly Outage[];
  /** How days are planned that somebody moves; without it nobody can. */
  replanned?: Replanned;
}

export interface Rehearsal {
  /** At the end. What was queued for the register is left out. */
  state: MigrationState;
  trace: TraceEntry[];
  sent: { atMs: number; message: OutboundMessage }[];
  /** Every instant at which the timer woke the migration. */
  wakes: number[];
}

interface Run extends Rehearsal {
  readonly actor: Actor;
  readonly replanned: Replanned | undefined;
  /** By addressee: the address that fails; undefined until something is sent there. */
  readonly refused: Map<string, string | undefined>;
  nowMs: number;
  ended: boolean;
}

const mostRounds = 20_000;

function note(run: Run, ...happenings: Happening[]): void {
  for (const happening of happenings) run.trace.push({ atMs: run.nowMs, ...happening });
}

/** The register's queue is nobody's here; left alone it would grow with every event. */
const applied = (state: MigrationState, event: MigrationEvent): MigrationState => ({
  ...apply(state, event),
  outbox: [],
  dirty: [],
});

function happen(run: Run, event: MigrationEvent): void {
  const before = run.state;
  run.state = applied(before, event);
  note(run, ...changesBetween(before, run.state, run.nowMs));
}

/** An event from outside: judged first, as a running migration does. */
function hear(run: Run, event: OutsideEvent): void {
  const rejection = judge(run.state, event);
  if (rejection !== undefined) {
    note(run, { type: 'refused', event, rejection });
    return;
  }
  const before = run.state;
  run.state = applied(before, effectOf(before, event));
  if (event.type === 'contactAmended') run.refused.delete(event.amendment.target);
  const answer = event.type === 'supplierEventReceived' ? run.state.ledger[event.event.webhookId] : undefined;
  note(run, { type: 'said', event, ...(answer && { answer }) }, ...changesBetween(before, run.state, run.nowMs));
}

/** Somebody moves days, as it is previewed and committed at once. */
function move(run: Run, { moves, keepDistance, said }: Act & { act: 'move' }): void {
  const { state, nowMs, replanned } = run;
  if (replanned === undefined) throw new Error('This rehearsal cannot plan other days.');
  const all = keepDistance ? withDistances(state, moves, nowMs) : moves;
  // Days beyond the calendar have no plan: what was asked for is refused.
  const redate = plannedMove(state, Array.isArray(all) ? all : moves, said, replanned, nowMs);
  hear(run, { type: 'redated', atMs: nowMs, redate });
}

function perform(run: Run, act: Act): void {
  if (act.act === 'say') hear(run, { ...act.event, atMs: run.nowMs });
  else if (act.act === 'move') move(run, act);
  else {
    run.refused.set(act.to, undefined);
    note(run, { type: 'addressFails', to: act.to });
  }
}

/** Lets everybody outside do what they do now. */
function act(run: Run): void {
  for (let round = 0; round < mostRounds; round += 1) {
    const acts = run.actor.acts(run.state, run.nowMs);
    if (acts.length === 0) return;
    for (const each of acts) perform(run, each);
  }
  throw new Error('Somebody in this rehearsal acts without end.');
}

/** The address that an addressee had; whoever stands in for them has another. */
function isDead({ refused }: Run, { key, email }: OutboundMessage['to']): boolean {
  if (!refused.has(key)) return false;
  const dead = refused.get(key) ?? email;
  refused.set(key, dead);
  return dead === email;
}

function outcomeOf(run: Run, message: OutboundMessage): MessageOutcome {
  const fails = isDead(run, message.to) || run.actor.refuses?.(message) === true;
  return {
    key: message.key,
    outcome: fails ? 'undeliverable' : 'sent',
    mayHaveRepeated: false,
    messageId: message.key,
  };
}

function deliver(run: Run, messages: OutboundMessage[]): void {
  const outcomes = messages.map((message) => outcomeOf(run, message));
  for (const [index, message] of messages.entries()) {
    run.sent.push({ atMs: run.nowMs, message });
    note(run, { type: 'message', message, outcome: outcomes[index]?.outcome ?? 'sent' });
  }
  happen(run, { type: 'messagesSettled', atMs: run.nowMs, messages, outcomes });
}

function end(run: Run): void {
  happen(run, { type: 'ended', atMs: run.nowMs });
  run.ended = true;
  const open = run.state.plan.milestones.filter(({ id }) => isOpen(run.state, id)).map(({ id }) => id);
  note(run, { type: 'ended', status: run.state.status, open });
}

/** Does what is due now, as often as there is something due. @returns the next wake */
function settle(run: Run): number | undefined {
  for (let round = 0; round < mostRounds; round += 1) {
    act(run);
    if (run.ended) return undefined;
    const { events, messages, wakeAtMs, finished } = decide(run.state, run.nowMs);
    for (const event of events) happen(run, event);
    if (messages.length > 0) deliver(run, messages);
    else if (finished) end(run);
    else if (events.length === 0) return wakeAtMs;
  }
  throw new Error('The migration acts without end.');
}

function begin(start: MigrationState, actor: Actor, replanned: Replanned | undefined): Run {
  const nowMs = start.startedAtMs;
  const state = applied(start, { type: 'started', atMs: nowMs });
  return { state, trace: [], sent: [], wakes: [], actor, replanned, refused: new Map(), nowMs, ended: false };
}

function wake(run: Run): void {
  run.wakes.push(run.nowMs);
  note(run, { type: 'wake' });
}

/** Moves on to an instant, or to the end of the outage that it lies in. */
function moveTo(run: Run, atMs: number, outages: readonly Outage[]): void {
  run.nowMs = atMs;
  // One outage can begin where another ends.
  for (const { fromMs, toMs } of outages) {
    if (run.nowMs < fromMs || run.nowMs >= toMs) continue;
    run.trace.push({ atMs: fromMs, type: 'outage', untilMs: toMs });
    run.nowMs = toMs;
  }
}

/**
 * Runs a migration from its first instant until nothing is due any more and nobody has anything left to say.
 *
 * @param start from `startMigration`; a rehearsal ends with its plan, a real migration not before Go Live is settled
 * @returns what happened; an event that a running migration would refuse is in the trace as refused and changes nothing
 */
export function rehearseMigration(
  start: MigrationState,
  { actor = nobody, outages = [], replanned }: RehearsalOptions = {},
): Rehearsal {
  const run = begin(start, actor, replanned);
  wake(run);
  let wakeAtMs = settle(run);
  for (;;) {
    const actAtMs = actor.nextAtMs(run.state, run.nowMs);
    const next = Math.min(wakeAtMs ?? Infinity, actAtMs ?? Infinity);
    if (next === Infinity) break;
    moveTo(run, next, outages);
    if (wakeAtMs !== undefined && run.nowMs >= wakeAtMs) wake(run);
    wakeAtMs = settle(run);
  }
  const { state, trace, sent, wakes } = run;
  return { state, trace, sent, wakes };
}
