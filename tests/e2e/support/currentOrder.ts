import { todayInLondon } from '../../../config/today.js';
import { addDays, dayNumber, type Day } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder } from '../../support/examples.js';

const WEEK_DAYS = 7;
/** Longest notice, extracts, forms and both Christmas weeks have room before the Initial data production day. */
const EXTRA_WEEKS = 4;

/**
 * The plain example with days that fit today, so that it can be started for real whenever the tests run: ordered in the
 * seven days before today, and every day the weekday that it is in the example.
 *
 * What was due on the day of the order is therefore due when the migration starts, whatever the hour.
 */
export function currentOrder(today: Day = todayInLondon()): Order {
  const order = exampleOrder('plain');
  const weeks = Math.ceil((dayNumber(today) - dayNumber(order.orderedOn)) / WEEK_DAYS) - 1;
  const move = (day: Day, extraWeeks = 0): Day => addDays(day, (weeks + extraWeeks) * WEEK_DAYS);
  const { initialDataProduction, finalDataProduction, goLive, ...early } = order.anchors;
  const later = { initialDataProduction, finalDataProduction, goLive };
  return {
    ...order,
    orderedOn: move(order.orderedOn),
    anchors: { ...movedAnchors(early, (day) => move(day)), ...movedAnchors(later, (day) => move(day, EXTRA_WEEKS)) },
    decisions: {
      ...order.decisions,
      extractAuthorisation: { by: 'Dr Owen Pryce', on: move(order.orderedOn) },
      reconciliation: { needed: true, by: 'Priya Nayar', on: move(order.orderedOn) },
    },
  };
}

function movedAnchors(anchors: Order['anchors'], move: (day: Day) => Day): Order['anchors'] {
  const moved = Object.entries(anchors).flatMap(([name, anchor]) =>
    anchor === undefined ? [] : [[name, { ...anchor, on: move(anchor.on) }] as const],
  );
  return Object.fromEntries(moved);
}
