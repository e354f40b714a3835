/** Days that are counted anew once the event that they follow has happened. Used inside workflows: recorded data alone. */
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import { anchorOfEvent, type FollowedEvent } from '../order/anchorNames.js';
import { ladderForChannel } from './audience.js';
import { dateLadder } from './ladders.js';
import type { Plan, PlannedMilestone, Rung, Step } from './types.js';
import { applyStepsWithin } from './workingTime.js';

export interface Following {
  plan: Plan;
  directory: Directory;
  event: FollowedEvent;
  /** The day on which it happened. */
  on: Day;
  /** The rungs of an open milestone that have gone out or been overtaken; undefined for one that is settled. */
  firedRungs: (milestoneId: string) => ReadonlySet<string> | undefined;
}

/** A milestone on its new days. One whose day would be outside the calendar, or stays what it was, is not among them. */
export interface Followed {
  before: PlannedMilestone;
  after: PlannedMilestone;
}

/**
 * The open milestones that follow an event, dated from the day on which it happened: the same steps from another first day.
 *
 * Each has the next `revision`, and its rungs ids of their own, so that they remind again; but a rung that has gone out on the
 * same day to the same person keeps its id, and is not repeated. Nothing follows in a plan that has recorded no ladders for it.
 *
 * Worked: checking due the day of loading + 5 days, planned for Tue 12 Jan 2027; loaded on Mon 11 Jan: due Fri 15 Jan, the
 * working day before Sat 16 Jan.
 */
export function followEvent(following: Following): Followed[] {
  const { plan, event, firedRungs } = following;
  return plan.milestones
    .filter(({ id, follows }) => follows === event && firedRungs(id) !== undefined)
    .flatMap((before) => {
      const after = datedAnew(before, following);
      return after === undefined ? [] : [{ before, after }];
    });
}

/** A milestone's days with the rungs that belong to them, by their names in the ladder. */
export interface DaysAfter extends Pick<PlannedMilestone, 'opensOn' | 'dueOn'> {
  rungs: Rung[];
}

/** The days of a milestone that follows an event; undefined where its day would be outside the calendar. */
export function daysAfterEvent(
  milestone: PlannedMilestone,
  following: Pick<Following, 'plan' | 'directory' | 'event' | 'on'>,
): DaysAfter | undefined {
  const { plan, directory } = following;
  const ladder = plan.followLadders?.[milestone.ruleId];
  const dueOn = dayOf(milestone.anchor, milestone.steps, following);
  const opensOn = milestone.opens && dayOf(milestone.opens.anchor, milestone.opens.steps, following);
  if (ladder === undefined || dueOn === undefined) return undefined;
  const party = directory.parties.find(({ id }) => id === milestone.partyId);
  const from = milestone.kind === 'period' ? opensOn : dueOn;
  const days = { from, dueOn, opensOn, goLiveOn: plan.anchors.goLive.on };
  const { rungs } = dateLadder(ladderForChannel(ladder, party), days, plan.workingTime);
  return { ...(opensOn && { opensOn }), dueOn, rungs };
}

function datedAnew(milestone: PlannedMilestone, following: Following): PlannedMilestone | undefined {
  const days = daysAfterEvent(milestone, following);
  if (days === undefined || (days.dueOn === milestone.dueOn && days.opensOn === milestone.opensOn)) return undefined;
  const { rungs, ...dated } = days;
  const revision = (milestone.revision ?? 0) + 1;
  const firedRungs = following.firedRungs(milestone.id);
  const fired = milestone.ladder.filter(({ id }) => firedRungs?.has(id));
  const { opensOn: _, ...rest } = milestone;
  return { ...rest, ...dated, revision, ladder: renamed(rungs, fired, revision) };
}

/** What is counted from the event's anchor is counted from the day of the event; the rest stays on its anchor. */
function dayOf(
  anchor: PlannedMilestone['anchor'],
  steps: readonly Step[],
  { plan, event, on }: Pick<Following, 'plan' | 'event' | 'on'>,
) {
  const start = anchor === anchorOfEvent[event] ? on : plan.anchors[anchor].on;
  return start === undefined ? undefined : applyStepsWithin(start, steps, plan.workingTime);
}

/** What has gone out stays on the ladder, so that it is known; what is to come has ids of its own. */
function renamed(rungs: readonly Rung[], fired: readonly Rung[], revision: number): Rung[] {
  const left = [...fired];
  const next = rungs.map((rung) => {
    const index = left.findIndex(({ type, to, on }) => type === rung.type && to === rung.to && on === rung.on);
    const [same] = index < 0 ? [] : left.splice(index, 1);
    return { ...rung, id: same?.id ?? `${rung.id}-r${revision}` };
  });
  return [...left, ...next];
}
