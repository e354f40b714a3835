/** Random orders around an Initial data production day, for the small rule set. */
import fc from 'fast-check';
import { addDays, dayNumber, dayOfNumber, type Day } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { confirmed, orderWith, plainOrder, sourceParty } from './fixtures.js';

const first = dayNumber('2021-01-01');
const last = dayNumber('2027-12-31');
export const day = fc.integer({ min: first, max: last }).map(dayOfNumber);
const period = fc
  .record({
    amount: fc.integer({ min: 0, max: 30 }),
    unit: fc.constantFrom('weeks', 'days', 'workingDays', 'months'),
  })
  .filter(({ amount, unit }) => unit !== 'months' || amount < 8);

const closure = fc.record({
  holder: fc.constantFrom('practice', 'csu', 'alder', 'labs', 'everyone'),
  start: day,
  length: fc.integer({ min: 0, max: 12 }),
});

/** An order around an Initial data production day, with random notices and closures. */
export function orderOf(
  on: Day,
  given: { extract: object; labs: object; closures: { holder: string; start: Day; length: number }[] },
): Order {
  const [, target, labs, pcse] = plainOrder.parties;
  return orderWith({
    orderedOn: addDays(on, -300),
    anchors: {
      initialDataProduction: confirmed(on),
      finalDataProduction: confirmed(addDays(on, 21)),
      goLive: confirmed(addDays(on, 26)),
    },
    parties: [
      { ...sourceParty, products: [{ id: 'core', name: 'Core', extractNotice: given.extract }] },
      target,
      { ...labs, noticePeriod: given.labs },
      pcse,
    ],
    closures: given.closures.map(({ holder, start, length }) => ({
      holder,
      from: start,
      to: addDays(start, length),
      reason: 'closed',
    })),
  });
}

export const givens = fc.record({ extract: period, labs: period, closures: fc.array(closure, { maxLength: 4 }) });
