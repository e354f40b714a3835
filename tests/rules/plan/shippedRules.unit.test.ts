/** What must hold of every plan, tried on the rules and examples that ship with the product, wherever their days lie. */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../../config/loadCalendar.js';
import { addDays } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { preparePlan } from '../../../rules/plan/planner.js';
import type { Plan } from '../../../rules/plan/types.js';
import { calendarFor } from '../../../rules/plan/workingTime.js';
import { exampleOrder, shippedRuleSet } from '../../support/examples.js';

const calendar = await loadCalendar();

const example = (name: string) => {
  const order = exampleOrder(name);
  return { order, asOf: order.orderedOn, planner: preparePlan(order, shippedRuleSet(), calendar) };
};

const examples = { plain: example('plain'), rich: example('rich') };
const anyExample = fc.constantFrom('plain' as const, 'rich' as const);
const days = fc.integer({ min: -30, max: 400 });
const runs = { numRuns: 80 };

/** The anchors, so many days later; only those named where some are. */
function later({ anchors }: Order, by: number, only?: (keyof Order['anchors'])[]): Order['anchors'] {
  const moved = structuredClone(anchors);
  for (const [name, anchor] of Object.entries(moved))
    if (anchor !== undefined && (only?.some((each) => each === name) ?? true)) anchor.on = addDays(anchor.on, by);
  return moved;
}

const planLater = (name: keyof typeof examples, by: number, only?: (keyof Order['anchors'])[]): Plan => {
  const { order, asOf, planner } = examples[name];
  return planner.planOn(later(order, by, only), asOf);
};

const daysById = ({ milestones }: Plan) => new Map(milestones.map(({ id, dueOn }) => [id, dueOn]));

function expectNoneLater(earlier: Plan, after: Plan): void {
  const days = daysById(after);
  for (const [id, dueOn] of daysById(earlier))
    if (dueOn !== undefined) expect([id, dueOn <= (days.get(id) ?? '')]).toEqual([id, true]);
}

describe('the shipped rules, on any days', () => {
  it('have no later deadline for an earlier Initial data production day', () => {
    fc.assert(
      fc.property(anyExample, days, fc.integer({ min: 1, max: 40 }), (name, by, more) => {
        const together: (keyof Order['anchors'])[] = ['initialDataProduction', 'finalDataProduction', 'goLive'];
        expectNoneLater(planLater(name, by, together), planLater(name, by + more, together));
        expectNoneLater(
          planLater(name, by, ['initialDataProduction']),
          planLater(name, by + more, ['initialDataProduction']),
        );
      }),
      runs,
    );
  });

  it('let nobody act on a day on which they do not work, and send on working days alone', () => {
    const stays = ['anchor', 'window', 'period', 'expiry'];
    fc.assert(
      fc.property(anyExample, days, (name, by) => {
        const { milestones, workingTime } = planLater(name, by);
        for (const { id, kind, holder, dueOn, steps } of milestones)
          if (!stays.includes(kind) && steps.length > 0 && dueOn !== undefined)
            expect([id, dueOn, calendarFor(workingTime, holder).isWorkingDay(dueOn)]).toEqual([id, dueOn, true]);
        for (const { on } of milestones.flatMap(({ ladder }) => ladder))
          if (on !== undefined) expect([on, calendarFor(workingTime).isWorkingDay(on)]).toEqual([on, true]);
      }),
      runs,
    );
  });

  it('send at one time of day, by the clock on the wall, before and after both clock changes', () => {
    fc.assert(
      fc.property(anyExample, days, (name, by) => {
        const { milestones, workingTime } = planLater(name, by);
        for (const { on, atMs } of milestones.flatMap(({ ladder }) => ladder)) {
          if (on === undefined || atMs === undefined) continue;
          const local = DateTime.fromMillis(atMs, { zone: 'Europe/London' });
          expect([local.toISODate(), local.hour * 60 + local.minute]).toEqual([on, workingTime.sendAtMinute]);
        }
      }),
      runs,
    );
  });

  it('change nothing when nothing has changed', () => {
    fc.assert(
      fc.property(anyExample, days, (name, by) => {
        expect(planLater(name, by)).toEqual(planLater(name, by));
      }),
      runs,
    );
  });
});
