import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../rules/calendar/day.js';
import { shift } from '../../../rules/calendar/shift.js';
import { earliestAnchorDay } from '../../../rules/plan/earliest.js';
import { explainMilestone } from '../../../rules/plan/explain.js';
import type { Plan } from '../../../rules/plan/types.js';
import { applySteps, calendarFor } from '../../../rules/plan/workingTime.js';
import { dueOn, planOf, ruleSetWith } from './fixtures.js';
import { day, givens, orderOf } from './randomOrders.js';

const runs = { numRuns: 150 };

const daysById = (plan: Plan) => new Map(plan.milestones.map(({ id, dueOn: due }) => [id, due]));

describe('every plan', () => {
  it('has no later deadline for an earlier Initial data production day', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), givens, (on, later, given) => {
        const earlier = daysById(planOf(orderOf(on, given)));
        const after = daysById(planOf(orderOf(addDays(on, later), given)));
        for (const [id, due] of earlier) expect([id, (due ?? '') <= (after.get(id) ?? '')]).toEqual([id, true]);
      }),
      runs,
    );
  });

  it('never gives less notice than was asked for', () => {
    fc.assert(
      fc.property(day, givens, (on, given) => {
        const order = orderOf(on, given);
        const plan = planOf(order);
        const { amount, unit } = order.parties[2]?.noticePeriod ?? { amount: 0, unit: 'days' };
        const [sent, cutOver] = [dueOn(plan, 'notify.labs'), dueOn(plan, 'anchor.finalDataProduction')];
        const labs = calendarFor(plan.workingTime, 'labs');
        const [start, end] = [sent ?? '', cutOver ?? ''];
        // Working days from the notice up to, but without, the start of cut-over; a calendar unit has no such doubt.
        if (unit === 'workingDays') {
          expect(labs.workingDaysBetween(addDays(start, -1), addDays(end, -1))).toBeGreaterThanOrEqual(amount);
        } else expect(shift(labs, start, amount, unit) <= end).toBe(true);
      }),
      runs,
    );
  });

  it('has the form with the supplier a whole notice before the extract', () => {
    fc.assert(
      fc.property(day, givens, (on, given) => {
        const order = orderOf(on, given);
        const plan = planOf(order);
        const { amount, unit } = order.parties[0]?.products?.[0]?.extractNotice ?? { amount: 0, unit: 'days' };
        for (const [extract, anchorDay] of [
          ['initial', on],
          ['final', addDays(on, 21)],
        ] as const) {
          const form = dueOn(plan, `extract.${extract}.alder.core.1.formReceived`) ?? '';
          const alder = calendarFor(plan.workingTime, 'alder');
          if (unit === 'workingDays') {
            expect(alder.workingDaysBetween(addDays(form, -1), addDays(anchorDay, -1))).toBeGreaterThanOrEqual(amount);
          } else expect(shift(alder, form, amount, unit) <= anchorDay).toBe(true);
        }
      }),
      runs,
    );
  });

  it('acts only on days on which the holder works, and sends only on working days', () => {
    fc.assert(
      fc.property(day, givens, (on, given) => {
        const plan = planOf(orderOf(on, given));
        const { workingTime } = plan;
        const acting = plan.milestones.filter(
          ({ kind, steps }) => !['anchor', 'window', 'expiry'].includes(kind) && steps.length > 0,
        );
        for (const { id, holder, dueOn: due } of acting)
          expect([id, calendarFor(workingTime, holder).isWorkingDay(due ?? '')]).toEqual([id, true]);
        for (const rung of plan.milestones.flatMap(({ ladder }) => ladder))
          if (rung.on !== undefined) expect(calendarFor(workingTime).isWorkingDay(rung.on)).toBe(true);
      }),
      runs,
    );
  });

  it('has hops in the order in which they happen', () => {
    fc.assert(
      fc.property(day, givens, (on, given) => {
        const plan = planOf(orderOf(on, given));
        const days = plan.milestones.filter(({ hop }) => hop?.extract === 'initial').map((hop) => hop.dueOn ?? '');
        expect(days).toEqual(days.toSorted());
      }),
      runs,
    );
  });

  it('can be made again without a change, and retraced step by step', () => {
    fc.assert(
      fc.property(day, givens, (on, given) => {
        const order = orderOf(on, given);
        const plan = planOf(order);
        expect(planOf(structuredClone(order))).toEqual(plan);
        for (const milestone of plan.milestones) {
          if (milestone.dueOn === undefined) continue;
          const start = plan.anchors[milestone.anchor].on ?? '';
          expect(applySteps(start, milestone.steps, plan.workingTime)).toBe(milestone.dueOn);
          const { steps } = explainMilestone(plan, ruleSetWith(), milestone);
          expect(steps.at(-1)?.to ?? start).toBe(milestone.dueOn);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the earliest anchor day that works, by trying each', () => {
    fc.assert(
      fc.property(day, givens, fc.constantFrom('asked', 'formReturned', 'formReceived'), (on, given, hop) => {
        const { milestones, workingTime } = planOf(orderOf(on, given));
        const { steps } = milestones.find(({ id }) => id === `extract.initial.alder.core.1.${hop}`) ?? { steps: [] };
        const found = earliestAnchorDay(steps, on, workingTime);
        const works = (candidate: Day) =>
          calendarFor(workingTime).isWorkingDay(candidate) && applySteps(candidate, steps, workingTime) >= on;
        expect(works(found ?? '')).toBe(true);
        for (let earlier = on; earlier < (found ?? ''); earlier = addDays(earlier, 1))
          expect(works(earlier)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
