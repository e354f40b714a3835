import type { Day } from '../calendar/day.js';
import { goesByItself } from '../plan/goesBy.js';
import { composeMessages } from './compose.js';
import { comingInstants, dueRungs, type DueRungs } from './due.js';
import type { MigrationEvent } from './events.js';
import { isOpen, lateWorkingDays, milestoneState, todayOf } from './lookup.js';
import { outgoing } from './mailAway.js';
import type { OutboundMessage } from './messages.js';
import { phaseDays, phaseOn } from './phase.js';
import type { MigrationState, PendingNotice } from './state.js';
import { silences } from './weeklyQuestions.js';
import { inWorkingHours, nextSendingInstant, sendingInstant } from './workingHours.js';

export interface Decision {
  /** What the passing of time has brought about, to be applied at once. */
  events: MigrationEvent[];
  /** What has to be sent now. */
  messages: OutboundMessage[];
  /** The next instant at which something is due if nothing happens before; later than now. */
  wakeAtMs?: number;
  /** Nothing is owed and nothing will be. */
  finished: boolean;
}

function passed(state: MigrationState, today: Day): string[] {
  return state.plan.milestones
    .filter((each) => goesByItself(each) && isOpen(state, each.id) && each.dueOn !== undefined && each.dueOn < today)
    .map((each) => each.id);
}

function slips(state: MigrationState, today: Day, atMs: number): MigrationEvent[] {
  return state.plan.milestones.flatMap((each) => {
    const { dueOn } = each;
    const known = milestoneState(state, each.id).slippedOn !== undefined;
    if (dueOn === undefined || known || goesByItself(each) || !isOpen(state, each.id)) return [];
    const late = lateWorkingDays(state, dueOn, today);
    return late > 0 ? [{ type: 'slipped' as const, atMs, milestoneId: each.id, lateWorkingDays: late }] : [];
  });
}

function timeEvents(state: MigrationState, rungs: DueRungs, nowMs: number): MigrationEvent[] {
  const today = todayOf(state, nowMs);
  const phase = phaseOn(state.plan, today);
  return [
    ...(phase === state.phase ? [] : [{ type: 'phaseEntered' as const, atMs: nowMs, phase }]),
    ...passed(state, today).map((milestoneId) => ({ type: 'passed' as const, atMs: nowMs, milestoneId })),
    ...slips(state, today, nowMs),
    ...rungs.superseded.map((each) => ({ type: 'rungsSuperseded' as const, atMs: nowMs, ...each })),
  ];
}

/** What an event set off waits for the morning. */
function tellable(state: MigrationState, working: boolean): PendingNotice[] {
  return working ? state.pending : [];
}

function nextWake(state: MigrationState, nowMs: number, working: boolean): number | undefined {
  const phases = phaseDays(state.plan).map((day) => sendingInstant(state, day));
  const end = sendingInstant(state, state.plan.endsOn);
  const delayed = !working && (state.pending.length > 0 || dueRungs(state, nowMs, true).due.length > 0);
  const morning = delayed ? [nextSendingInstant(state, nowMs)] : [];
  const coming = [...comingInstants(state, nowMs), ...phases, end, ...morning].filter((atMs) => atMs > nowMs);
  return coming.length === 0 ? undefined : Math.min(...coming);
}

const earlier = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

/** A real migration stays open until Go Live is settled by name; a rehearsal ends with its plan. */
function isOver(state: MigrationState): boolean {
  return state.rehearsal || !isOpen(state, 'anchor.goLive');
}

/**
 * What is due in a migration at an instant, and when to look again. Pure: the same state and instant give the same answer.
 *
 * @param nowMs milliseconds since 1970, UTC; the wall clock, or a rehearsal's own
 */
export function decide(state: MigrationState, nowMs: number): Decision {
  const today = todayOf(state, nowMs);
  const working = inWorkingHours(state, nowMs);
  if (state.status !== 'running') {
    // Withdrawals and word that the migration is off do not wait: nothing comes after them that could bring them along.
    const { messages, tryAtMs } = outgoing(state, composeMessages(state, [], state.pending, today), nowMs);
    const isOff = messages.length === 0 && tryAtMs === undefined;
    return { events: [], messages, ...(tryAtMs !== undefined && { wakeAtMs: tryAtMs }), finished: isOff };
  }
  if (state.hold !== undefined) return { events: [], messages: [], finished: false };
  const rungs = dueRungs(state, nowMs, working);
  const notices = [...tellable(state, working), ...silences(state, rungs.due)];
  const { messages, tryAtMs } = outgoing(state, composeMessages(state, rungs.due, notices, today), nowMs);
  const wakeAtMs = earlier(nextWake(state, nowMs, working), tryAtMs);
  const finished = wakeAtMs === undefined && messages.length === 0 && isOver(state);
  const events = timeEvents(state, rungs, nowMs);
  return { events, messages, ...(wakeAtMs === undefined ? {} : { wakeAtMs }), finished };
}
