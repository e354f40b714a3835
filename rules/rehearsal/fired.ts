/** Which rungs of a plan went out in a rehearsal, and why the others did not. */
import type { Day } from '../calendar/day.js';
import { heldUpBy, isActionable, milestoneState } from '../migration/lookup.js';
import type { MigrationState } from '../migration/state.js';
import { inWorkingHours, nextSendingInstant } from '../migration/workingHours.js';
import type { AnchorName } from '../order/anchorNames.js';
import { anchorTitles } from '../order/anchorNames.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import type { Rehearsal } from './run.js';

export interface PlannedRung {
  milestoneId: string;
  rungId: string;
  type: Rung['type'];
  to: Rung['to'];
  on?: Day;
}

/**
 * settledBefore: its milestone was settled before the start. beforeStart: its instant lay before the start, and a later rung said
 * it. overtaken: another rung of the same milestone and morning went out in its place. tooLate: what it waits for came so late that a
 * later rung went out in its place. notConfirmed: nobody has confirmed the date that it names.
 * served: the formal mail that settles its milestone went out. done: it was done before. heldUp: an earlier step is open. over: its
 * milestone went by. unexplained: none of these, a fault.
 */
export type WhyNot =
  | 'settledBefore'
  | 'beforeStart'
  | 'overtaken'
  | 'tooLate'
  | 'notConfirmed'
  | 'served'
  | 'done'
  | 'heldUp'
  | 'over'
  | 'unexplained';

export interface SilentRung extends PlannedRung {
  why: WhyNot;
  /** The milestone that holds it up, or the anchor that is not confirmed. */
  because?: string;
}

const keyOf = (milestoneId: string, rungId: string): string => `${milestoneId}/${rungId}`;

/** Instants at which each rung went out, by `MILESTONE/RUNG`; more than one is a fault. */
export type Fired = ReadonlyMap<string, readonly number[]>;

/** A milestone that is dated anew has its later rungs under new names: they are the old ones on other days. */
const revision = /-r\d+$/;

export function firedIn({ sent, state }: Pick<Rehearsal, 'sent' | 'state'>): Fired {
  const followers = new Set(state.plan.milestones.flatMap(({ id, follows }) => (follows === undefined ? [] : [id])));
  const fired = new Map<string, number[]>();
  for (const { atMs, message } of sent) {
    for (const { milestoneId, rungId } of message.settles) {
      const name = followers.has(milestoneId) ? rungId.replace(revision, '') : rungId;
      const key = keyOf(milestoneId, name);
      fired.set(key, [...(fired.get(key) ?? []), atMs]);
    }
  }
  return fired;
}

export const firedAtMs = (fired: Fired, milestoneId: string, rungId: string): readonly number[] =>
  fired.get(keyOf(milestoneId, rungId)) ?? [];

export function plannedRung({ id: milestoneId }: PlannedMilestone, { id: rungId, type, to, on }: Rung): PlannedRung {
  return { milestoneId, rungId, type, to, ...(on && { on }) };
}

export interface RungOfPlan {
  milestone: PlannedMilestone;
  rung: Rung;
}

/** Every rung of the plan with its milestone, in the order of the plan. */
export function rungsOf(state: MigrationState): RungOfPlan[] {
  return state.plan.milestones.flatMap((milestone) => milestone.ladder.map((rung) => ({ milestone, rung })));
}

function lacksConfirmation(state: MigrationState, { needsConfirmedDate, anchor }: PlannedMilestone): boolean {
  return needsConfirmedDate && state.plan.anchors[anchor].status !== 'confirmed';
}

const nameOf = (anchor: AnchorName): string => `the ${anchorTitles[anchor]}`;

/**
 * The first instant at which a reminder can go out: its own, or that of the start; where that lies outside working hours, the next
 * morning. What is due on a Saturday on which a migration starts comes together with what is due on the Monday.
 */
function goesOutAtMs(start: MigrationState, { atMs = start.startedAtMs }: Rung): number {
  const dueMs = Math.max(atMs, start.startedAtMs);
  return inWorkingHours(start, dueMs) ? dueMs : nextSendingInstant(start, dueMs);
}

const asks = ({ type }: Rung): boolean => type === 'reminder' || type === 'chase';

/** One of two rungs is enough: a reminder gives way to an escalation, and to a newer reminder; a line that informs to a newer one. */
function givesWay(rung: Rung, other: Rung): boolean {
  const isNewer = (other.atMs ?? 0) > (rung.atMs ?? 0);
  if (asks(rung)) return other.type === 'escalation' || (asks(other) && isNewer);
  return rung.type === 'inform' && other.type === 'inform' && isNewer;
}

/** Planned for the same morning as one that it gives way to. */
function isOvertakenByPlan(start: MigrationState, { ladder }: PlannedMilestone, rung: Rung): boolean {
  const atMs = goesOutAtMs(start, rung);
  return ladder.some((other) => givesWay(rung, other) && goesOutAtMs(start, other) === atMs);
}

/** Why a rung did not go out. @param start the state at the first instant, @param end at the last */
export function whyNot(
  start: MigrationState,
  end: MigrationState,
  { milestone, rung }: RungOfPlan,
): Pick<SilentRung, 'why' | 'because'> {
  const { id, anchor } = milestone;
  const { status, rungs } = milestoneState(end, id);
  if (milestoneState(start, id).status !== 'open') return { why: 'settledBefore' };
  if (rung.atMs !== undefined && rung.atMs < start.startedAtMs) return { why: 'beforeStart' };
  if (rungs[rung.id] === 'superseded')
    return { why: isOvertakenByPlan(start, milestone, rung) ? 'overtaken' : 'tooLate' };
  if (rung.type === 'deliver' && status === 'open' && lacksConfirmation(end, milestone))
    return { why: 'notConfirmed', because: nameOf(anchor) };
  if (status === 'done') return { why: milestoneState(end, id).settledBy === 'leadtime' ? 'served' : 'done' };
  if (status === 'passed') return { why: 'over' };
  if (status !== 'open') return { why: 'done' };
  const planned = end.plan.milestones.find((each) => each.id === id) ?? milestone;
  if (!isActionable(end, planned)) return { why: 'heldUp', because: heldUpBy(end, planned).id };
  return { why: 'unexplained' };
}

/** The rungs that did not go out, each with its reason. */
export function silentIn(start: MigrationState, end: MigrationState, fired: Fired): SilentRung[] {
  return rungsOf(start)
    .filter(({ milestone, rung }) => firedAtMs(fired, milestone.id, rung.id).length === 0)
    .map((each) => ({ ...plannedRung(each.milestone, each.rung), ...whyNot(start, end, each) }));
}
