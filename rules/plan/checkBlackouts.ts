import { formatDay, type Day } from '../calendar/day.js';
import { anchorNames, anchorTitles, type AnchorName } from '../order/anchorNames.js';
import { warning } from '../order/problem.js';
import type { Order } from '../order/schema.js';
import { blackoutsOn, freeDay, type BlackoutDays } from './blackouts.js';
import { anchorPath } from './dating.js';
import type { Problem, WorkingTime } from './types.js';

/** A warning for each anchor that is still to come, provisional or confirmed, and lies in a blackout. */
export function checkBlackouts(order: Order, workingTime: WorkingTime, asOf: Day): Problem[] {
  if (workingTime.blackouts === undefined) return [];
  return anchorNames.flatMap((anchor) => {
    const on = anchor === 'order' ? undefined : order.anchors[anchor]?.on;
    const isDone = order.alreadyDone.some(({ milestone }) => milestone === `anchor.${anchor}`);
    if (on === undefined || on < asOf || isDone) return [];
    return blackoutsOn(anchor, on, workingTime).map((blackout) => inTheWay(anchor, on, blackout, order, workingTime));
  });
}

function inTheWay(
  anchor: AnchorName,
  on: Day,
  blackout: BlackoutDays,
  order: Order,
  workingTime: WorkingTime,
): Problem {
  const { from, to, reason, source, holder } = blackout;
  const start = `the ${anchorTitles[anchor]}, ${formatDay(on)}, lies`;
  const days = from === to ? `on ${from}` : `from ${from} to ${to}`;
  const free = nearestFree(anchor, on, workingTime);
  if (holder === undefined) {
    const message = `${start} in a blackout: ${reason}, ${days} (${source}); ${free}`;
    return warning('anchor-in-blackout', anchorPath(anchor), message);
  }
  const who = holder === 'practice' ? 'the practice' : (order.parties.find(({ id }) => id === holder)?.name ?? holder);
  const message = `${start} where ${who}, who must act on it, is closed ${days} (${reason}); ${free}`;
  return warning('holder-closed-on-anchor', anchorPath(anchor), message);
}

function nearestFree(anchor: AnchorName, on: Day, workingTime: WorkingTime): string {
  const before = freeDay(on, anchor, workingTime, -1);
  const after = freeDay(on, anchor, workingTime);
  const known = [before, after].flatMap((day) => (day === undefined ? [] : [`${formatDay(day)} (${day})`]));
  return known.length === 0 ? 'the calendar knows no free day' : `the nearest free days are ${known.join(' and ')}`;
}
