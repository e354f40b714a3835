import { describe, expect, it } from 'vitest';
import { checkRuleSet } from '../../../rules/ruleset/check.js';
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

  it('names counters that nobody counts', () => {
    const counts = (...counters: string[]) => withRule('posters', { counts: { target: 'low', counters } });
    expect(told(counts('inboks')).join()).toContain('counts.counters.0: "inboks" is not counted');
    expect(told(counts('inbox', 'inbox')).join()).toContain('counts.counters.1: "inbox" is there twice');
  });

  it('warns of what nothing comes of: a counter, known issues, and kinds that were left out already', () => {
    const spare = { id: 'spare', title: 'Spare', source: 's' };
    expect(told({ ...shipped, counters: [...shipped.counters, spare] })).toEqual([
      `warning counters.${shipped.counters.length}: no rule counts "spare": nobody is asked for it`,
    ]);
    const hidden = shipped.rules.map((rule) => ({ ...rule, showsKnownIssues: false }));
    expect(told({ ...shipped, rules: hidden })).toEqual([expect.stringMatching(/^warning knownIssues: .*nobody sees/)]);
    expect(told(withRule('notify-pcse', { exceptKinds: ['eps'] }))).toEqual([
      expect.stringMatching(/^warning .*exceptKinds\.0: "eps" is not among kinds/),
    ]);
  });

  it('lets the ladder of a period go on after its first day, and no other ladder after its day', () => {
    const late = [{ id: 'a', workingDays: 2, type: 'reminder' as const, to: 'practiceManager' as const }];
    expect(told(withLadder('period', late))).toEqual([]);
    const shared = withRule('posters', { ladder: 'period' });
    expect(told({ ...shared, ladders: { ...shipped.ladders, period: late } }).join()).toContain('after its own day');
  });
});

describe('a ladder of a name that every object has', () => {
  it('is no ladder', () => {
    const told = checkRuleSet(withRule('posters', { ladder: 'constructor' })).map(({ message }) => message);
    expect(told.join()).toContain('there is no ladder "constructor"');
  });
});
