import { describe, expect, it } from 'vitest';
import { leadTimeSchema } from '../../../rules/calendar/leadTime.js';
import { periodSchema } from '../../../rules/order/fields.js';
import { ladderSchema } from '../../../rules/ruleset/ladderSchema.js';

describe('an amount of time in a file', () => {
  it('is at most ten years of days, either way', () => {
    const days = (amount: number) => leadTimeSchema.safeParse({ amount, unit: 'days' });
    expect([days(3660), days(-3660)].map(({ success }) => success)).toEqual([true, true]);
    for (const amount of [3661, -3661, 1e9])
      expect(days(amount).error?.issues.map(({ message }) => message)).toEqual([
        'must be at most 3660 either way, of whatever unit',
      ]);
  });

  it('is as long at most where it is a notice, or the distance of a reminder', () => {
    expect(periodSchema.safeParse({ amount: 1e9, unit: 'weeks' }).success).toBe(false);
    const rung = { id: 'a', workingDays: -1e9, type: 'reminder', to: 'csuOperator' };
    expect(ladderSchema.safeParse([rung]).success).toBe(false);
    expect(ladderSchema.safeParse([{ ...rung, workingDays: -20 }]).success).toBe(true);
  });
});
