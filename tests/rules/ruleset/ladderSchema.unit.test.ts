import { describe, expect, it } from 'vitest';
import { ladderSchema } from '../../../rules/ruleset/ladderSchema.js';

const rungAt = (workingDays: number) => [{ id: 'rung', workingDays, type: 'reminder', to: 'csuOperator' }];

describe('the distance of a rung from its day', () => {
  it.each([-130, -5, 0, 130])('may be %d working days', (workingDays) => {
    expect(ladderSchema.parse(rungAt(workingDays))).toEqual(rungAt(workingDays));
  });

  it.each([-500, -131, 131, 1_000])('is no %d working days: somebody has mistyped', (workingDays) => {
    const { error } = ladderSchema.safeParse(rungAt(workingDays));
    expect(error?.issues).toMatchObject([
      {
        path: [0, 'workingDays'],
        message: 'must be at most 130 working days before or after: half a year',
      },
    ]);
  });
});
