/** What was added on the way, on the days that it has once an anchor has moved. Used inside workflows: recorded data alone. */
import type { Directory } from '../migration/state.js';
import { ladderForChannel } from './audience.js';
import type { DaysAfter } from './follow.js';
import { dateLadder } from './ladders.js';
import type { Plan, PlannedMilestone } from './types.js';
import { applyStepsWithin } from './workingTime.js';

/** Something that the technical survey asked for, or an action of a meeting. */
export const isItem = ({ ruleId }: Pick<PlannedMilestone, 'ruleId'>): boolean =>
  ruleId === 'survey' || ruleId === 'action';

/**
 * The days of an item that was added while the migration ran: the same steps, from the anchors of another plan. A day that people
 * have agreed on is counted from the order, so it stays.
 *
 * @returns undefined where the plan has recorded no rules for items, or its day would be outside the calendar
 */
export function redateItem(item: PlannedMilestone, plan: Plan, directory: Directory): DaysAfter | undefined {
  const { anchors, items, workingTime } = plan;
  const rule = item.ruleId === 'survey' || item.ruleId === 'action' ? items?.[item.ruleId] : undefined;
  const start = anchors[item.anchor].on;
  const dueOn = start === undefined ? undefined : applyStepsWithin(start, item.steps, workingTime);
  if (rule === undefined || dueOn === undefined) return undefined;
  const party = directory.parties.find(({ id }) => id === item.holder);
  const { opensOn, holder } = item;
  const ladder = rule.ladders[holder === 'practice' || holder === 'csu' ? holder : 'party'];
  const days = { from: dueOn, dueOn, opensOn, goLiveOn: anchors.goLive.on };
  const { rungs } = dateLadder(ladderForChannel(ladder, party), days, workingTime);
  return { ...(opensOn && { opensOn }), dueOn, rungs };
}
