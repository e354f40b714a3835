/** How often a day has changed, and when: what a calendar program needs to move an entry instead of showing it twice. */
import { milestoneState } from '../migration/lookup.js';
import type { MigrationState, MigrationStatus, MilestoneStatus } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import { isTakenBack } from './entry.js';

/** Kept in the state for each milestone whose entry has changed since the start. */
export interface CalendarMark {
  /** SEQUENCE of the entry, before the end of the migration is counted in. */
  sequence: number;
  changedAtMs: number;
}

/** By the plan alone: of a migration that started before marks were kept, or of an entry that has not changed. */
function plannedSequence(state: MigrationState, { id, revision = 0 }: PlannedMilestone): number {
  const takenBack = isTakenBack(milestoneState(state, id).status) ? 1 : 0;
  return state.plan.dateVersion - 1 + revision + takenBack;
}

/**
 * The SEQUENCE of a milestone's entry, before the end of the migration is counted in. It never falls: it rises when the days change, when the entry
 * is taken back, and when it stands again.
 *
 * Worked: planned 0; its anchor moves 1; the data are loaded later and it moves once more 2; waived 3; needed after all 4.
 */
export function runningSequence(state: MigrationState, milestone: PlannedMilestone): number {
  return Math.max(state.calendarMarks?.[milestone.id]?.sequence ?? 0, plannedSequence(state, milestone));
}

/** What the end of a migration adds to a SEQUENCE: what was taken back before is not taken back again. */
export const sequenceOfEnd = (migration: MigrationStatus, milestone: MilestoneStatus): number =>
  migration === 'cancelled' && !isTakenBack(milestone) ? 1 : 0;

/** The SEQUENCE of a milestone's entry as it stands. */
export const calendarSequence = (state: MigrationState, milestone: PlannedMilestone): number =>
  runningSequence(state, milestone) + sequenceOfEnd(state.status, milestoneState(state, milestone.id).status);

/** When the entry of a milestone last changed, before the end of the migration is counted in. */
export const runningChangedAtMs = (state: MigrationState, { id }: PlannedMilestone): number =>
  state.calendarMarks?.[id]?.changedAtMs ?? state.startedAtMs;

/** When a migration was called off, which changes every entry of it; 0 where it was not. */
export const offAtMs = ({ status, closedAtMs = 0 }: { status: MigrationStatus; closedAtMs?: number }): number =>
  status === 'cancelled' ? closedAtMs : 0;

interface Shown {
  state: MigrationState;
  milestone: PlannedMilestone;
}

const isShownTakenBack = ({ state, milestone }: Shown): boolean =>
  isTakenBack(milestoneState(state, milestone.id).status);

function hasMoved(before: Shown, after: Shown): boolean {
  const [{ milestone: was }, { milestone: is }] = [before, after];
  return was.dueOn !== is.dueOn || was.opensOn !== is.opensOn || isShownTakenBack(before) !== isShownTakenBack(after);
}

function looksOtherwise(before: Shown, after: Shown): boolean {
  const [{ milestone: was }, { milestone: is }] = [before, after];
  const texts = ['title', 'action', 'holder', 'provisional'] as const;
  const [wasSettled, isSettled] = [before, after].map(({ state, milestone }) => milestoneState(state, milestone.id));
  return (
    texts.some((field) => was[field] !== is[field]) ||
    wasSettled?.status !== isSettled?.status ||
    wasSettled?.settledOn !== isSettled?.settledOn
  );
}

/** The mark after an event; undefined where the entry is as it was. */
function markOf(before: Shown | undefined, after: Shown, atMs: number): CalendarMark | undefined {
  const sequence = runningSequence(after.state, after.milestone);
  if (before === undefined) return { sequence, changedAtMs: atMs };
  if (hasMoved(before, after))
    return { sequence: Math.max(sequence, runningSequence(before.state, before.milestone) + 1), changedAtMs: atMs };
  return looksOtherwise(before, after) ? { sequence, changedAtMs: atMs } : undefined;
}

function newMarks(before: MigrationState, after: MigrationState, atMs: number): [string, CalendarMark][] {
  if (before.plan === after.plan && before.milestones === after.milestones) return [];
  const planned = new Map(before.plan.milestones.map((milestone) => [milestone.id, milestone]));
  return after.plan.milestones.flatMap((milestone): [string, CalendarMark][] => {
    const was = planned.get(milestone.id);
    if (was === milestone && before.milestones[was.id] === after.milestones[was.id]) return [];
    const mark = markOf(was && { state: before, milestone: was }, { state: after, milestone }, atMs);
    return mark === undefined ? [] : [[milestone.id, mark]];
  });
}

/** The state after an event, with the marks of the entries that it changed, whose rows are out of date, and of its end. */
export function withCalendarMarks(before: MigrationState, after: MigrationState, atMs: number): MigrationState {
  const marks = newMarks(before, after, atMs);
  const closes = before.status === 'running' && after.status !== 'running';
  if (marks.length === 0 && !closes) return after;
  return {
    ...after,
    ...(closes && { closedAtMs: atMs }),
    ...(marks.length > 0 && { calendarMarks: { ...after.calendarMarks, ...Object.fromEntries(marks) } }),
    dirty: [...new Set([...after.dirty, ...marks.map(([id]) => id)])],
  };
}
