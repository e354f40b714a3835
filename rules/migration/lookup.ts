/** Small questions about a state, asked from many places. */
import { dayAt } from '../calendar/clock.js';
import type { Day } from '../calendar/day.js';
import type { HolderId, PlannedMilestone } from '../plan/types.js';
import { calendarFor } from '../plan/workingTime.js';
import type { MigrationState, MilestoneState } from './state.js';

const untouched: MilestoneState = { status: 'open', rungs: {} };

export function milestoneState(state: MigrationState, milestoneId: string): MilestoneState {
  return state.milestones[milestoneId] ?? untouched;
}

export function plannedMilestone(state: MigrationState, milestoneId: string): PlannedMilestone | undefined {
  return state.plan.milestones.find((milestone) => milestone.id === milestoneId);
}

export function isOpen(state: MigrationState, milestoneId: string): boolean {
  return milestoneState(state, milestoneId).status === 'open';
}

/** Open, and nothing that it waits for is open any more. */
export function isActionable(state: MigrationState, milestone: PlannedMilestone): boolean {
  return isOpen(state, milestone.id) && milestone.waitsFor.every((id) => !isOpen(state, id));
}

/** The open milestone that holds another one up, the first in the chain of what it waits for; itself when nothing does. */
export function heldUpBy(state: MigrationState, milestone: PlannedMilestone): PlannedMilestone {
  const blocker = milestone.waitsFor.find((id) => isOpen(state, id));
  const planned = blocker === undefined ? undefined : plannedMilestone(state, blocker);
  return planned === undefined ? milestone : heldUpBy(state, planned);
}

/** The civil day in Europe/London at an instant, by the offsets that the plan recorded. */
export function todayOf(state: MigrationState, nowMs: number): Day {
  return dayAt(state.plan.workingTime.clock, nowMs);
}

/**
 * Working days after the due day, up to and including today (rules.md, E.14); 0 when not late.
 * What lies in a time in which the migration is on hold does not count.
 *
 * Worked: due Wed 23 Dec 2026, today Tue 29 Dec 2026 → 2 (24 and 29 December; 25 and 28 are bank holidays).
 */
export function lateWorkingDays(state: MigrationState, dueOn: Day, today: Day): number {
  const { horizon } = state.plan.workingTime;
  // Past the horizon nobody knows which days are worked: late by as many as are known.
  const known = today < horizon ? today : horizon;
  if (today <= dueOn) return 0;
  return calendarFor(state.plan.workingTime).workingDaysBetween(dueOn, known) - pausedWorkingDays(state, dueOn, known);
}

/** Working days after one day up to and including another on which the migration was on hold. */
function pausedWorkingDays({ hold, pauses = [], plan }: MigrationState, after: Day, until: Day): number {
  const all = hold === undefined ? pauses : [...pauses, { from: hold.on, until }];
  return all.reduce((sum, pause) => {
    const from = pause.from > after ? pause.from : after;
    const to = pause.until < until ? pause.until : until;
    return from < to ? sum + calendarFor(plan.workingTime).workingDaysBetween(from, to) : sum;
  }, 0);
}

/** A holder as people say it: the practice's name, the CSU's, or the party's. */
export function holderName(state: MigrationState, holder: HolderId): string {
  if (holder === 'practice') return state.directory.practice.name;
  if (holder === 'csu') return state.directory.csu.name;
  const { parties, formerParties = [] } = state.directory;
  return [...parties, ...formerParties].find((party) => party.id === holder)?.name ?? holder;
}

/** The hops of one handshake in the order in which they happen. */
export function hopsOf(state: MigrationState, handshakeId: string): PlannedMilestone[] {
  return state.plan.milestones.filter((milestone) => milestone.hop?.handshakeId === handshakeId);
}

const placeOf = (hops: readonly PlannedMilestone[], { id }: PlannedMilestone): number =>
  hops.findIndex((each) => each.id === id);

/** What comes before a hop in its own handshake. */
export function hopsBefore(state: MigrationState, milestone: PlannedMilestone): PlannedMilestone[] {
  const hops = milestone.hop === undefined ? [] : hopsOf(state, milestone.hop.handshakeId);
  return hops.slice(0, Math.max(0, placeOf(hops, milestone)));
}

/** What comes after a hop in its own handshake. */
export function hopsAfter(state: MigrationState, milestone: PlannedMilestone): PlannedMilestone[] {
  const hops = milestone.hop === undefined ? [] : hopsOf(state, milestone.hop.handshakeId);
  return hops.slice(placeOf(hops, milestone) + 1);
}
