import type { Day } from '../../rules/calendar/day.js';
import type { Order } from '../../rules/order/schema.js';
import { settledIds } from '../../rules/plan/alreadyDone.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';

export type DoneEntry = Order['alreadyDone'][number];

interface Taking {
  order: Order;
  milestones: readonly PlannedMilestone[];
  /** Milestones that the tracker follows: what it says of them counts. */
  followed: readonly string[];
  /** Exclusive: what is due on this day is still to be done. */
  before: Day;
  by: string;
}

/** Whether a day is confirmed the tracker says itself; rights and periods end by themselves. */
const isTakenUp = ({ kind }: PlannedMilestone): boolean => !['confirmation', 'expiry', 'period'].includes(kind);

/**
 * What a tracker does not follow and was due before a day, as done on the day it was due. What waits for something that is still
 * open is not: an extract is not scheduled while its form is on its way.
 *
 * @param milestones of the order's plan, each after those that it waits for
 */
export function takenAsDone({ order, milestones, followed, before, by }: Taking): DoneEntry[] {
  const settled = new Set(settledIds(order, milestones));
  const theirs = new Set(followed);
  return milestones.flatMap((milestone): DoneEntry[] => {
    const { id, dueOn, waitsFor } = milestone;
    if (dueOn === undefined || dueOn >= before || settled.has(id) || theirs.has(id) || !isTakenUp(milestone)) return [];
    if (!waitsFor.every((other) => settled.has(other))) return [];
    settled.add(id);
    return [{ milestone: id, on: dueOn, by }];
  });
}
