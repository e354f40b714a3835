import type { Day } from '../calendar/day.js';
import type { Order } from '../order/schema.js';

/**
 * The day on which a rehearsal of an order begins: the order's own, or that of the last thing that it says is done already, so
 * that a migration taken over mid-flight begins after what is done.
 */
export function firstDayOf({ orderedOn, alreadyDone }: Order): Day {
  return alreadyDone.reduce((latest, { on }) => (on > latest ? on : latest), orderedOn);
}
