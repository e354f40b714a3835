import { describe, expect, it } from 'vitest';
import { checkRuleSet } from '../../../rules/ruleset/check.js';
import type { Ladder } from '../../../rules/ruleset/ladderSchema.js';
import type { RuleSet } from '../../../rules/ruleset/schema.js';
import { shippedRuleSet } from '../../support/examples.js';

const shipped = shippedRuleSet();

const about = { title: 'A day', action: 'Do it', section: 's', source: 's' };

const told = (ruleSet: RuleSet) =>
  checkRuleSet(ruleSet).map(({ severity, path, message }) => `${severity} ${path?.join('.')}: ${message}`);

const withRule = (id: string, change: Partial<RuleSet['rules'][number]>): RuleSet => ({
  ...shipped,
  rules: shipped.rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});

const indexOf = (id: string) => shipped.rules.findIndex((rule) => rule.id === id);

const withLadder = (name: string, ladder: Ladder, { ladders, ...rest } = shipped): RuleSet => ({
  ...rest,
  ladders: { ...ladders, [name]: ladder },
});

const withAnchor = (anchor: RuleSet['anchors'][number]['anchor'], ladder: string): RuleSet => ({
  ...shipped,
  anchors: [...shipped.anchors.filter((each) => each.anchor !== anchor), { ...about, anchor, ladder, holder: 'csu' }],
});

describe('a ladder of what goes by with its day', () => {
  it.each(['order', 'kickOff', 'technicalSurvey', 'initialDataProduction', 'finalDataProduction'] as const)(
    'escalates nothing after the day of %s, and the message says which rungs and what to do',
    (anchor) => {
      const ruleSet = withAnchor(anchor, 'csu');
      expect(told(ruleSet)).toEqual([
        expect.stringMatching(
          new RegExp(
            `^error anchors\\.${ruleSet.anchors.length - 1}\\.ladder: the .* goes by with its day.*"late-1", "late-3" of the ladder "csu" can never rightly fire; name a ladder`,
          ),
        ),
      ]);
    },
  );

  it('escalates after Go Live, which is asked for until somebody says that it happened', () => {
    expect(told(withAnchor('goLive', 'csu')).filter((line) => line.startsWith('error'))).toEqual([]);
  });

  it('tells nobody of an expiry after its day, be it late or only for information', () => {
    const index = indexOf('rota-limit');
    expect(told(withRule('rota-limit', { ladder: 'practice' }))).toEqual([
      expect.stringMatching(`^error rules\\.${index}\\.ladder: an expiry goes by .*"late-1", "late-3", "late-5"`),
    ]);
    const after: Ladder = [{ id: 'after', workingDays: 1, type: 'inform', to: 'practiceManager' }];
    expect(told(withLadder('own', after, withRule('rota-limit', { ladder: 'own' })))).toEqual([
      expect.stringMatching(`^error rules\\.${index}\\.ladder: an expiry goes by .*"after"`),
    ]);
  });

  it('escalates nothing in a period, and says nothing of it once it is certainly over', () => {
    // The breather lasts from Go Live to two days after it.
    const index = indexOf('breather-slots');
    const rung = (workingDays: number, type: 'reminder' | 'escalation'): Ladder => [
      { id: 'later', workingDays, type, to: 'csuOperator' },
    ];
    const breather = (ladder: Ladder) => told(withLadder('own', ladder, withRule('breather-slots', { ladder: 'own' })));
    const refused = [expect.stringMatching(`^error rules\\.${index}\\.ladder: a period goes by .*"later"`)];
    expect(breather(rung(2, 'reminder'))).toEqual([]);
    expect(breather(rung(3, 'reminder'))).toEqual(refused);
    expect(breather(rung(1, 'escalation'))).toEqual(refused);
  });

  it('repeats nothing until Go Live about a day that has gone by before', () => {
    const weekly: Ladder = [
      { id: 'weekly', workingDays: -5, everyWeeks: 1, until: 'goLive', type: 'reminder', to: 'csuOperator' },
    ];
    expect(told(withLadder('weekly', weekly, withAnchor('kickOff', 'weekly')))).toEqual([
      expect.stringMatching(/^error anchors\.\d\.ladder: the kick-off goes by .*"weekly"/),
    ]);
  });
});
