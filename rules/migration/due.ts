/** Which rungs are due now, and which of them have been overtaken. */
import type { PlannedMilestone, Rung } from '../plan/types.js';
import { isActionable, milestoneState } from './lookup.js';
import type { MigrationState } from './state.js';

export interface DueRung {
  milestone: PlannedMilestone;
  rung: Rung;
}

export interface DueRungs {
  due: DueRung[];
  /** Reminders that a later one of the same milestone has overtaken, as after an outage or a late start. */
  superseded: { milestoneId: string; rungIds: string[] }[];
}

/** Formal mail is never late for the sake of working hours: the earlier it is out, the longer the notice. */
const isFormal = (rung: Rung): boolean => rung.type === 'deliver';

const isReminder = (rung: Rung): boolean => rung.type === 'reminder' || rung.type === 'chase';

/** Nothing formal goes out before somebody has confirmed the date that it names; escalations about it do. */
function isWithheld(state: MigrationState, milestone: PlannedMilestone, rung: Rung): boolean {
  return isFormal(rung) && milestone.needsConfirmedDate && state.plan.anchors[milestone.anchor].status !== 'confirmed';
}

/** The rungs of a milestone that have neither gone out nor been overtaken, and may go out. */
function unfired(state: MigrationState, milestone: PlannedMilestone): Rung[] {
  const { rungs } = milestoneState(state, milestone.id);
  return milestone.ladder.filter((rung) => rungs[rung.id] === undefined && !isWithheld(state, milestone, rung));
}

/** A rung without an instant is due as soon as its milestone can be acted on. */
function isDue(rung: Rung, nowMs: number, working: boolean): boolean {
  return (rung.atMs ?? nowMs) <= nowMs && (working || isFormal(rung));
}

/** Of the reminders that are due, only the newest still says something; none does once an escalation is due. */
function overtaken(due: Rung[]): Rung[] {
  const reminders = due.filter(isReminder).sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
  const escalated = due.some((rung) => rung.type === 'escalation');
  const newestAtMs = reminders.at(-1)?.atMs;
  return escalated ? reminders : reminders.filter((rung) => rung.atMs !== newestAtMs);
}

/**
 * The rungs that are due at an instant.
 *
 * Only milestones that can be acted on: behind an open hop nobody is chased for the next one.
 *
 * @param working whether the instant lies in working hours; outside of them only formal mail goes out
 */
export function dueRungs(state: MigrationState, nowMs: number, working: boolean): DueRungs {
  const result: DueRungs = { due: [], superseded: [] };
  for (const milestone of state.plan.milestones) {
    if (!isActionable(state, milestone)) continue;
    const due = unfired(state, milestone).filter((rung) => isDue(rung, nowMs, working));
    const old = overtaken(due);
    result.due.push(...due.filter((rung) => !old.includes(rung)).map((rung) => ({ milestone, rung })));
    if (old.length > 0) result.superseded.push({ milestoneId: milestone.id, rungIds: old.map((rung) => rung.id) });
  }
  return result;
}

/** The instants of rungs that are still to come, of milestones that can be acted on as things stand. */
export function comingInstants(state: MigrationState, nowMs: number): number[] {
  return state.plan.milestones
    .filter((milestone) => isActionable(state, milestone))
    .flatMap((milestone) => unfired(state, milestone).flatMap((rung) => rung.atMs ?? []))
    .filter((atMs) => atMs > nowMs);
}

/** True when something due is only waiting for working hours. */
export function waitsForMorning(state: MigrationState, nowMs: number): boolean {
  return dueRungs(state, nowMs, true).due.length > 0;
}
