/** Milestones as lines of a table. */
import type { PlannedOrder } from '../../config/planFromText.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import { anchorTitles } from '../../rules/order/anchorNames.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';
import { holderName } from './about.js';

export interface Row {
  when: string;
  title: string;
  who: string;
  /** `provisional`, `assumed`, `blocks the Go Live day`, `day passed`, `done on …`. */
  marks: string[];
}

/** Added on the way: the day from which it is asked about says nothing about when it is to be done. */
export const isItem = ({ id }: PlannedMilestone): boolean => id.startsWith('survey.') || id.startsWith('action.');

/** First day of a window or period, else the day it is due. */
export const firstDay = (milestone: PlannedMilestone): Day | undefined =>
  isItem(milestone) ? milestone.dueOn : (milestone.opensOn ?? milestone.dueOn);

/** By day; those without a day last; in the order of the plan within a day. */
export function byFirstDay(milestones: readonly PlannedMilestone[]): PlannedMilestone[] {
  const key = (milestone: PlannedMilestone): Day => firstDay(milestone) ?? '9999';
  return milestones.toSorted((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -1 : 1));
}

export const isAssumed = ({ steps, opens }: PlannedMilestone): boolean =>
  [...steps, ...(opens?.steps ?? [])].some(({ assumed }) => assumed);

/** When it was done, of what the order says is done already. */
export const doneOn = ({ order }: Pick<PlannedOrder, 'order'>, id: string): Day | undefined =>
  order.alreadyDone.find(({ milestone }) => milestone === id)?.on;

export function rowOf(milestone: PlannedMilestone, planned: PlannedOrder): Row {
  const done = doneOn(planned, milestone.id);
  const { blocks, provisional, dueOn } = milestone;
  return {
    when: whenText(milestone),
    title: milestone.title,
    who: holderName(planned.order, milestone.holder),
    marks: [
      ...(provisional && dueOn !== undefined ? ['provisional'] : []),
      ...(isAssumed(milestone) ? ['assumed'] : []),
      ...(blocks === undefined
        ? []
        : [`blocks the ${anchorTitles[blocks === 'goLive' ? 'goLive' : 'finalDataProduction']}`]),
      ...(done === undefined ? [] : [`done on ${formatDay(done)}`]),
      ...(done === undefined && isPassed(milestone, planned.asOf) ? ['day passed'] : []),
    ],
  };
}

/** A day that somebody owes something by; a period, a right that ends and an anchor just go by. */
const isPassed = ({ kind, dueOn }: PlannedMilestone, asOf: Day): boolean =>
  dueOn !== undefined && dueOn < asOf && kind !== 'period' && kind !== 'expiry' && kind !== 'anchor';

/** It is over, and nothing of it is left to do. */
export const isOver = (milestone: PlannedMilestone, asOf: Day): boolean =>
  milestone.dueOn !== undefined && milestone.dueOn < asOf && !isPassed(milestone, asOf);

function whenText(milestone: PlannedMilestone): string {
  const { dueOn, anchor } = milestone;
  if (dueOn === undefined) return `when the ${anchorTitles[anchor]} is known`;
  const opensOn = firstDay(milestone);
  return opensOn === undefined || opensOn === dueOn ? formatDay(dueOn) : `${formatDay(opensOn)} to ${formatDay(dueOn)}`;
}
