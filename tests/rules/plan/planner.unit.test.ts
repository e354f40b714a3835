import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { preparePlan } from '../../../rules/plan/planner.js';
import { planMigration } from '../../../rules/plan/planMigration.js';
import { calendar, orderWith, provisional, ruleSetWith } from './fixtures.js';
import { day, givens, orderOf } from './randomOrders.js';

const ruleSet = ruleSetWith();

/** The order with other days, some of them provisional, and perhaps without Go Live. */
function moved(order: Order, days: number, hasGoLive: boolean): Order {
  const { initialDataProduction, finalDataProduction, goLive } = order.anchors;
  const later = (anchor?: { on: string }) => addDays(anchor?.on ?? order.orderedOn, days);
  return orderWith({
    ...order,
    anchors: {
      initialDataProduction: { on: later(initialDataProduction), status: 'confirmed' },
      finalDataProduction: provisional(later(finalDataProduction)),
      ...(hasGoLive && { goLive: provisional(later(goLive)) }),
    },
  });
}

describe('a migration made ready to be planned', () => {
  it('is planned on other days as an order with those days is', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -60, max: 60 }), fc.boolean(), givens, (on, days, hasGoLive, given) => {
        const order = orderOf(on, given);
        const planner = preparePlan(order, ruleSet, calendar);
        const asOf = order.orderedOn;
        const first = planner.planOn(order.anchors, asOf);
        const before = structuredClone(first);
        const other = moved(order, days, hasGoLive);
        expect(planner.planOn(other.anchors, asOf)).toEqual(planMigration(other, ruleSet, calendar, asOf).plan);
        // Nor does planning it elsewhere change what has been planned, or what is planned next.
        expect(first).toEqual(before);
        expect(planner.planOn(order.anchors, asOf)).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('knows the people of its order', () => {
    const { directory } = preparePlan(orderWith(), ruleSet, calendar);
    expect(directory.practice.odsCode).toBe('Z98001');
  });
});
