import { describe, expect, it } from 'vitest';
import { checkOrder } from '../../../rules/order/check.js';
import type { Order } from '../../../rules/order/schema.js';
import { calendar, orderWith, ruleSetWith, smallRuleSet } from '../plan/fixtures.js';

const texts = { title: 'No registrations', action: 'Take none', section: 'A section', source: 'a source' };
const withCutOff = ruleSetWith({
  rules: [
    ...smallRuleSet.rules,
    {
      ...texts,
      id: 'no-new-registrations',
      kind: 'period',
      holder: 'practice',
      opens: { from: 'finalDataProduction', unit: 'registrationCutOff' },
      due: { from: 'goLive', amount: 0, unit: 'days' },
      ladder: 'practice',
    },
  ],
});
const check = (order: Order, ruleSet = withCutOff) => checkOrder(order, { ruleSet, calendar, asOf: '2026-10-05' });

describe('the cut-off for new registrations', () => {
  it('is never guessed: an order without it is refused, and told whom to ask and what to write', () => {
    const problems = check(orderWith());
    expect(problems).toMatchObject([
      { severity: 'error', code: 'registration-cut-off-missing', path: ['registrationCutOff'] },
    ]);
    expect(problems[0]?.message).toContain(
      'ask Rowan and add registrationCutOff, like { amount: 2, unit: workingDays }',
    );
  });

  it.each([
    { amount: 0, unit: 'days' },
    { amount: 2, unit: 'workingDays' },
    { amount: 1, unit: 'weeks' },
  ])('may be $amount $unit', (registrationCutOff) => {
    expect(check(orderWith({ registrationCutOff }))).toEqual([]);
  });

  it('cannot be hours, which are not counted from a day', () => {
    const problems = check(orderWith({ registrationCutOff: { amount: 48, unit: 'hours' } }));
    expect(problems).toMatchObject([{ code: 'unit-not-days', path: ['registrationCutOff', 'unit'] }]);
  });

  it('is not asked for by rules that do not use it', () => {
    expect(check(orderWith(), ruleSetWith())).toEqual([]);
  });
});
