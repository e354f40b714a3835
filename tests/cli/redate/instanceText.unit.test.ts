import { describe, expect, it } from 'vitest';
import { instanceLines } from '../../../cli/redate/instanceText.js';

describe('the practices on an instance', () => {
  it('are one line each, without what could steer a terminal', () => {
    const detail = '6 milestones would move, 1 would be done again';
    const practices = [
      { odsCode: 'Z98011', name: 'Weir\u001b[2J House', state: 'moves' as const, detail },
      { odsCode: 'Z98012', name: 'Tollgate Surgery', state: 'failed' as const, detail: 'Temporal is away.' },
    ];
    expect(instanceLines({ id: 'mill-valley', practices })).toEqual([
      '',
      'On the same instance, mill-valley:',
      expect.stringMatching(/^ {2}Weir[^\u001b]* House \(Z98011\) moves with it \(6 milestones would move/u),
      '  Tollgate Surgery (Z98012) has not moved: say the same days again, which moves the rest (Temporal is away.)',
    ]);
  });

  it('are not spoken of where there are none', () => {
    expect(instanceLines(undefined)).toEqual([]);
  });
});
