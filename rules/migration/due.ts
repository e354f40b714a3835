/** Which rungs are due now, and which of them have been overtaken. */
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import { isActionable, isOpen, milestoneState, todayOf } from './lookup.js';
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

/** The CSU can act on anybody's delay, so it hears of a deadline that passes behind an open hop. */
const isForTheCsu = (rung: Rung): boolean =>
  rung.type === 'escalation' && (rung.to === 'csuOperator' || rung.to === 'csuManager');

/** A period is over the day after its last, whether or not anything has woken to note it: nobody is told of it any more. */
function isBehindUs(state: MigrationState, { kind, dueOn }: PlannedMilestone, nowMs: number): boolean {
  return kind === 'period' && dueOn !== undefined && dueOn < todayOf(state, nowMs);
}

const isAfterPeriod = ({ kind, dueOn }: PlannedMilestone, { on }: Rung): boolean =>
  kind === 'period' && on !== undefined && dueOn !== undefined && on > dueOn;

/**
 * The rungs of an open milestone that have neither gone out nor been overtaken, and may go out.
 *
 * While an operator has taken its slip on, only formal mail goes out. Behind an open hop nobody is chased for the next one; but its latest day passes all the same, and that is escalated.
 */
export function unfired(state: MigrationState, milestone: PlannedMilestone, nowMs: number): Rung[] {
  if (!isOpen(state, milestone.id) || isBehindUs(state, milestone, nowMs)) return [];
  const { rungs, slipAcknowledged } = milestoneState(state, milestone.id);
  const rests = slipAcknowledged !== undefined;
  const actionable = isActionable(state, milestone);
  return milestone.ladder
    .filter((rung) => !isAfterPeriod(milestone, rung))
    .filter((rung) => rungs[rung.id] === undefined && !isWithheld(state, milestone, rung))
    .filter((rung) => !rests || isFormal(rung))
    .filter((rung) => actionable || isForTheCsu(rung));
}

/** A rung without an instant is due as soon as its milestone can be acted on. */
function isDue(rung: Rung, nowMs: number, working: boolean): boolean {
  return (rung.atMs ?? nowMs) <= nowMs && (working || isFormal(rung));
}

const allButNewest = (rungs: readonly Rung[]): Rung[] => {
  const newestAtMs = Math.max(...rungs.map((rung) => rung.atMs ?? 0));
  return rungs.filter((rung) => (rung.atMs ?? 0) < newestAtMs);
};

/** Of the reminders that are due, only the newest still says something; none does once an escalation is due. */
function overtaken(due: readonly Rung[]): Rung[] {
  const reminders = due.filter(isReminder);
  const escalated = due.some((rung) => rung.type === 'escalation');
  const informs = due.filter((rung) => rung.type === 'inform');
  return [...(escalated ? reminders : allButNewest(reminders)), ...allButNewest(informs)];
}

/** The same for each reader by themselves: what is said to one does not take the place of what another should hear. */
function overtakenByReader(due: readonly Rung[]): Rung[] {
  const readers = new Set(due.map(({ to }) => to));
  return [...readers].flatMap((reader) => overtaken(due.filter(({ to }) => to === reader)));
}

/**
 * The rungs that are due at an instant.
 *
 * @param working whether the instant lies in working hours; outside of them only formal mail goes out
 */
export function dueRungs(state: MigrationState, nowMs: number, working: boolean): DueRungs {
  const result: DueRungs = { due: [], superseded: [] };
  const byReader = behaves(state.plan, 'overtakenByPerson');
  for (const milestone of state.plan.milestones) {
    const due = unfired(state, milestone, nowMs).filter((rung) => isDue(rung, nowMs, working));
    const old = byReader ? overtakenByReader(due) : overtaken(due);
    result.due.push(...due.filter((rung) => !old.includes(rung)).map((rung) => ({ milestone, rung })));
    if (old.length > 0) result.superseded.push({ milestoneId: milestone.id, rungIds: old.map((rung) => rung.id) });
  }
  return result;
}

/** The instants of rungs that are still to come, as things stand. */
export function comingInstants(state: MigrationState, nowMs: number): number[] {
  return state.plan.milestones
    .flatMap((milestone) => unfired(state, milestone, nowMs).flatMap((rung) => rung.atMs ?? []))
    .filter((atMs) => atMs > nowMs);
}
