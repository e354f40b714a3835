import { describe, expect, it } from 'vitest';
import { answerOf, goldenNames, planOf, readGolden, shippedRuleSet } from './goldens.js';

/**
 * Plans worked out apart from the planner, with the arithmetic of each line beside it. They are never written from the planner's
 * answer: where the two differ, one of them is wrong, and the rules decide which. The README beside says how to read them.
 */
const goldens = goldenNames.map(readGolden);

const londonTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
});

describe('plans worked out apart from the planner', () => {
  it('are a dozen and more, two of them with over 120 milestones and at least three with every rung', () => {
    const sizes = goldens.map(({ expected }) => Object.keys(expected.milestones).length);
    expect(goldens.length).toBeGreaterThanOrEqual(12);
    expect(sizes.filter((size) => size > 120).length).toBeGreaterThanOrEqual(2);
    expect(goldens.filter(({ expected }) => expected.rungs !== undefined).length).toBeGreaterThanOrEqual(3);
  });

  it('have a milestone of every rule between them', () => {
    const planned = goldens.flatMap((golden) => planOf(golden, shippedRuleSet).milestones.map(({ ruleId }) => ruleId));
    const never = shippedRuleSet.rules.map(({ id }) => id).filter((id) => !planned.includes(id));
    expect(never).toEqual([]);
  });

  describe.each(goldens)('$name', (golden) => {
    const { expected } = golden;
    const plan = planOf(golden, shippedRuleSet);
    const answer = answerOf(plan);

    it('has every dated milestone on its day, and no other', () => {
      expect(answer.milestones).toEqual(expected.milestones);
    });

    it('opens its windows and periods on their first days', () => {
      expect(answer.opens).toEqual(expected.opens);
    });

    it('leaves undated what hangs on a day that nobody has named', () => {
      expect(answer.undated.toSorted()).toEqual(expected.undated.toSorted());
    });

    it('is of an order that nothing is wrong with', () => {
      expect(plan.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    });

    it('sends at one local time between nine and ten, whatever the clocks do', () => {
      const rungs = plan.milestones
        .flatMap(({ ladder }) => ladder)
        .flatMap(({ on, atMs }) => (on && atMs ? [{ on, atMs }] : []));
      const times = rungs.map(({ on, atMs }) => ({ on, local: londonTime.format(atMs) }));
      const minutes = new Set(times.map(({ local }) => local.slice(-5)));
      expect(times.filter(({ on, local }) => !local.startsWith(on.split('-').toReversed().join('/')))).toEqual([]);
      expect([...minutes]).toEqual([expect.stringMatching(/^(09:[0-5]\d|10:00)$/)]);
    });
  });

  const withRungs = goldens.filter(({ expected }) => expected.rungs !== undefined);

  it.each(withRungs)('$name sends every rung on its day to whom it is for', (golden) => {
    expect(answerOf(planOf(golden, shippedRuleSet)).rungs).toEqual(golden.expected.rungs);
  });
});
