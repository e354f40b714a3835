import { describe, expect, it } from 'vitest';
import { dateLadder } from '../../../rules/plan/ladders.js';
import type { Ladder } from '../../../rules/ruleset/ladderSchema.js';
import { planOf } from './fixtures.js';

const { workingTime } = planOf();

const weekly: Ladder = [
  { id: 'weekly', workingDays: 0, everyWeeks: 1, until: 'due', type: 'reminder', to: 'practiceManager' },
];

const daysOf = (ladder: Ladder, days: Parameters<typeof dateLadder>[1]): string[] =>
  dateLadder(ladder, days, workingTime).rungs.map(({ id, on }) => `${id} ${on ?? ''}`);

describe('a rung that repeats itself', () => {
  it('goes out every week up to and including the last day', () => {
    expect(daysOf(weekly, { from: '2027-01-12', dueOn: '2027-01-26' })).toEqual([
      'weekly-1 2027-01-12',
      'weekly-2 2027-01-19',
      'weekly-3 2027-01-26',
    ]);
  });

  it('keeps its day of the week where only the first is moved: Good Friday, then Fridays', () => {
    expect(daysOf(weekly, { from: '2027-03-26', dueOn: '2027-04-09' })).toEqual([
      'weekly-1 2027-03-25',
      'weekly-2 2027-04-02',
      'weekly-3 2027-04-09',
    ]);
  });
});
