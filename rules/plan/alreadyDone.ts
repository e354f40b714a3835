import { error } from '../order/problem.js';
import type { Day } from '../calendar/day.js';
import type { Order } from '../order/schema.js';
import { nearest } from '../text/nearest.js';
import type { PlannedMilestone, Problem } from './types.js';

/** What the order says is done exists in this plan, once, and has happened by now. */
export function checkAlreadyDone(order: Order, milestones: readonly PlannedMilestone[], asOf: Day): Problem[] {
  const ids = [...new Set(milestones.map(({ id }) => id))];
  return order.alreadyDone.flatMap(({ milestone, on }, index) => {
    const path = ['alreadyDone', index];
    return [
      ...(ids.includes(milestone) ? [] : [unknownMilestone(milestone, ids, [...path, 'milestone'])]),
      ...(order.alreadyDone.findIndex((other) => other.milestone === milestone) < index
        ? [error('duplicate-id', [...path, 'milestone'], `"${milestone}" is listed twice; keep one of the two`)]
        : []),
      ...(on <= asOf
        ? []
        : [
            error(
              'done-in-the-future',
              [...path, 'on'],
              `"${milestone}" cannot be done already on ${on}: it is ${asOf}`,
            ),
          ]),
    ];
  });
}

function unknownMilestone(id: string, ids: readonly string[], path: (string | number)[]): Problem {
  const message = `this plan has no milestone "${id}"; did you mean ${nearest(id, ids).join(', ')}? leadtime plan lists them all`;
  return error('unknown-milestone', path, message);
}

/** Ids of what is behind us: listed as done, or a hop before one that is. */
export function settledIds({ alreadyDone }: Order, milestones: readonly PlannedMilestone[]): ReadonlySet<string> {
  const settled = new Set(alreadyDone.map(({ milestone }) => milestone));
  // From the last hop to the first, so that one done hop settles every hop it waited for.
  for (const { id, hop, waitsFor } of milestones.toReversed())
    if (hop !== undefined && settled.has(id)) for (const before of waitsFor) settled.add(before);
  return settled;
}
