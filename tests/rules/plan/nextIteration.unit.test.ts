import { describe, expect, it } from 'vitest';
import { planNextIteration } from '../../../rules/plan/nextIteration.js';
import { planMigration } from '../../../rules/plan/planMigration.js';
import { calendar, closed, orderWith, plainOrder, ruleSetWith, sourceParty } from './fixtures.js';

const first = 'extract.initial.alder.core.1';
const planned = (changes = {}) => planMigration(orderWith(changes), ruleSetWith(), calendar, '2026-10-05');

function daysOf(fromDay: string, changes = {}) {
  const { plan, directory } = planned(changes);
  const hops = planNextIteration(plan, directory, first, 2, fromDay);
  return Object.fromEntries(hops.map(({ hop, dueOn }) => [hop?.name ?? '', dueOn] as const));
}

describe('the iteration after a rejected extract', () => {
  it('counts the same periods forwards from the day of the rejection', () => {
    expect(daysOf('2027-01-11')).toEqual({
      asked: '2027-01-11', // Mon
      formAtPractice: '2027-01-18', // Mon, 5 working days
      formReturned: '2027-01-25', // Mon, 5 working days
      formReceived: '2027-01-27', // Wed, 2 working days
      scheduled: '2027-02-03', // Wed, 5 working days
      delivered: '2027-03-03', // Wed, 5 weeks after the form was received
      received: '2027-03-03',
    });
  });

  it('starts on the next working day when the rejection comes at a weekend', () => {
    expect(daysOf('2027-01-09')).toEqual(daysOf('2027-01-11')); // Sat
  });

  it('gives nobody less time for being closed', () => {
    expect(daysOf('2027-01-11', closed('practice', '2027-01-19', '2027-01-20'))).toMatchObject({
      formAtPractice: '2027-01-18',
      formReturned: '2027-01-27', // Wed, over two days closed
    });
  });

  it('is booked by the working day before the extract', () => {
    const products = [{ id: 'core', name: 'Core', extractNotice: { amount: 2, unit: 'days' } }];
    const changes = { parties: [{ ...sourceParty, products }, ...plainOrder.parties.slice(1)] };
    expect(daysOf('2027-01-11', changes)).toMatchObject({
      formReceived: '2027-01-27', // Wed
      scheduled: '2027-01-28', // Thu
      delivered: '2027-01-29', // Fri
    });
  });

  it('has ids, ladders and an order of its own, and asks at once', () => {
    const { plan, directory } = planned();
    const hops = planNextIteration(plan, directory, first, 2, '2027-01-11');
    expect(hops.map(({ id }) => id)).toEqual(
      ['asked', 'formAtPractice', 'formReturned', 'formReceived', 'scheduled', 'delivered', 'received'].map(
        (name) => `extract.initial.alder.core.2.${name}`,
      ),
    );
    expect(hops[0]).toMatchObject({ waitsFor: [], ladder: [{ id: 'at-once' }, { id: 'late-1', on: '2027-01-12' }] });
    expect(hops[1]).toMatchObject({ waitsFor: ['extract.initial.alder.core.2.asked'], hop: { iteration: 2 } });
    expect(hops.every(({ anchor }) => anchor === 'initialDataProduction')).toBe(true);
    expect(hops[1]?.steps[0]?.why).toBe('counted from 2027-01-11, the day on which the extract was rejected');
  });

  it('counts a third iteration like a second, from plan data that has been through JSON', () => {
    const { plan, directory } = planned();
    const second = planNextIteration(plan, directory, first, 2, '2027-01-11');
    const recorded = structuredClone({ ...plan, milestones: [...plan.milestones, ...second] });
    const third = planNextIteration(recorded, directory, 'extract.initial.alder.core.2', 3, '2027-01-11');
    expect(third.map(({ dueOn }) => dueOn)).toEqual(second.map(({ dueOn }) => dueOn));
    expect(third[0]?.id).toBe('extract.initial.alder.core.3.asked');
  });

  it('leaves out days beyond the horizon instead of failing', () => {
    expect(daysOf('2028-12-15')).toMatchObject({ asked: '2028-12-15', delivered: undefined });
  });

  it('opens nothing for a handshake that the plan does not have', () => {
    const { plan, directory } = planned();
    expect(planNextIteration(plan, directory, 'extract.initial.nobody.core.1', 2, '2027-01-11')).toEqual([]);
  });
});
