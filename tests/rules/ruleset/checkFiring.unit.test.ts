import { describe, expect, it } from 'vitest';
import { checkFiring } from '../../../rules/ruleset/checkFiring.js';
import type { RuleSet } from '../../../rules/ruleset/schema.js';
import { shippedRuleSet } from '../../support/examples.js';

const shipped = shippedRuleSet();

const told = (ruleSet: RuleSet) =>
  checkFiring(ruleSet).map(({ severity, path, message }) => `${severity} ${path?.join('.')}: ${message}`);

/** The shipped rule set with one of its rules changed. */
const withRule = (id: string, change: Partial<RuleSet['rules'][number]>): RuleSet => ({
  ...shipped,
  rules: shipped.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});

const indexOf = (id: string) => shipped.rules.findIndex((rule) => rule.id === id);

const withLadder = (name: string, ladder: RuleSet['ladders'][string]): RuleSet => ({
  ...shipped,
  ladders: { ...shipped.ladders, [name]: ladder },
});

describe('rules that come to nothing', () => {
  it('are not among those that ship', () => {
    expect(told(shipped)).toEqual([]);
  });

  it.each([
    [
      'a rule whose kinds cancel out',
      'notify',
      { exceptKinds: ['pcse' as const], kinds: ['pcse' as const] },
      /never fire/,
    ],
    ['a notice that nothing delivers', 'notify', { ladder: 'csu' }, /notice is given by a rung of type deliver/],
    ['a task that would be delivered', 'posters', { ladder: 'notice' }, /a task delivers nothing/],
    ['a ladder for a party, of a rule for none', 'posters', { ladder: 'supplier' }, /tells a party/],
  ])('are named: %s', (_, id, change, message) => {
    const problems = told(withRule(id, change)).filter((line) => line.startsWith('error'));
    expect(problems.join('\n')).toMatch(message);
    expect(problems.every((line) => line.includes(`rules.${indexOf(id)}`))).toBe(true);
  });

  it.each([
    ['no rung', [], /nobody is ever told/],
    [
      'a reminder after its day',
      [{ id: 'a', workingDays: 1, type: 'reminder', to: 'csuOperator' }],
      /after its own day/,
    ],
    [
      'an escalation before',
      [{ id: 'a', workingDays: 0, type: 'escalation', to: 'csuOperator' }],
      /before anything is late/,
    ],
    [
      'a weekly question that begins after its end',
      [{ id: 'a', workingDays: 5, everyWeeks: 1, until: 'due', type: 'reminder', to: 'csuOperator' }],
      /can never fire/,
    ],
  ] as const)('are named in a ladder with %s', (_, ladder, message) => {
    expect(told(withLadder('csu', [...ladder])).join('\n')).toMatch(message);
  });

  it('warns of a ladder that nothing uses', () => {
    expect(told(withLadder('spare', shipped.ladders['csu'] ?? []))).toEqual([
      'warning ladders.spare: nothing uses the ladder "spare": take it out, or use it',
    ]);
  });

  it('names counters that nobody counts, and blackouts that make no sense', () => {
    const counts = { target: 'low' as const, counters: ['inboks'] };
    expect(told(withRule('posters', { counts })).join()).toContain('counts.counters.0: "inboks" is not counted');
    const days = (from: string, to: string) => ({
      ...shipped,
      blackouts: [{ id: 'a', title: 'A', from, to, source: 's' }],
    });
    expect(told(days('2027-03-02', '2027-03-01'))).toHaveLength(1);
    expect(told(days('12-20', '2027-01-05'))).toHaveLength(1);
    expect(told(days('12-20', '01-05'))).toEqual([]);
  });
});
