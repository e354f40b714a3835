import { describe, expect, it } from 'vitest';
import { checkSpans } from '../../../rules/ruleset/checkSpans.js';
import { ruleSchema, type Rule } from '../../../rules/ruleset/ruleSchema.js';
import { fromAnchor, spanOf } from '../../../rules/ruleset/spans.js';
import { shippedLayer, shippedRuleSet } from '../../support/examples.js';
import { applyLayer } from '../../../rules/ruleset/applyLayer.js';

const shipped = shippedRuleSet();
const words = { title: 'T', action: 'A', section: 'S', source: 's' };
const rule = (changed: object): Rule =>
  ruleSchema.parse({ ...words, id: 'it', kind: 'task', holder: 'csu', ladder: 'csu', ...changed });
const day = (from: string, amount: number, unit = 'days') => ({ from, amount, unit });

const told = (...rules: Rule[]) =>
  checkSpans({ ...shipped, rules: [...rules] }).map(({ path, message }) => `${path?.join('.')}: ${message}`);

describe('days that are wrong in every order', () => {
  it('are not among those of the rule set that ships, nor of its layers', () => {
    const layers = ['catalogue-solution-slas', 'example-region', 'example-supplier'].map(shippedLayer);
    const layered = layers.map((layer) => applyLayer({ ...shipped, origins: {} }, layer));
    expect([shipped, ...layered].flatMap(checkSpans)).toEqual([]);
  });

  it.each([
    [
      'a followUp before what it follows',
      { kind: 'followUp', due: day('goLive', -1) },
      /^rules\.0\.due\.amount: a followUp/,
    ],
    ['a notice after what it tells of', { kind: 'notice', due: day('goLive', 1) }, /^rules\.0\.due\.amount: a notice/],
    ['a day before the order', { due: day('order', -1, 'workingDays') }, /^rules\.0\.due: is before the order/],
    ['a day before the event it follows', { due: day('initialDataLoaded', -5) }, /^rules\.0\.due: is before the event/],
    [
      'what Go Live waits for, due after it',
      { blocks: 'goLive', due: day('goLive', 1) },
      /^rules\.0\.blocks: the Go Live day waits/,
    ],
    [
      'what the Final data production day waits for, due on Go Live',
      { blocks: 'finalDataProduction', due: day('goLive', 0) },
      /^rules\.0\.blocks: the Final data production day waits/,
    ],
    [
      'a weekly question from a first day that is not there',
      { due: day('goLive', -5), ladder: 'survey-item' },
      /^rules\.0\.ladder: .*this rule has none/,
    ],
  ])('are named: %s', (_, changed, message) => {
    expect(told(rule(changed)).join('\n')).toMatch(message);
  });

  it('are named where a weekly question until Go Live begins after it', () => {
    const weekly = { id: 'weekly', everyWeeks: 1, until: 'goLive', type: 'reminder', to: 'csuOperator' } as const;
    const from = (workingDays: number) =>
      checkSpans({
        ...shipped,
        ladders: { csu: [{ ...weekly, workingDays }] },
        rules: [rule({ kind: 'followUp', due: day('goLive', 1, 'weeks') })],
      });
    expect(from(0).map(({ path }) => path?.join('.'))).toEqual(['rules.0.ladder']);
    // Thirty working days before that may well be before Go Live.
    expect(from(-30)).toEqual([]);
  });

  it.each([
    ['weeks against days', day('goLive', -1, 'weeks'), day('goLive', -8)],
    ['working days against days', day('goLive', 6, 'workingDays'), day('goLive', 7)],
    ['months against weeks', day('goLive', 1, 'months'), day('goLive', 3, 'weeks')],
    ['two anchors', day('goLive', 0), day('finalDataProduction', 0)],
    ['two anchors far apart', day('goLive', 0, 'weeks'), day('initialDataProduction', 1)],
  ])('are windows that end before they open: %s', (_, opens, due) => {
    expect(told(rule({ kind: 'window', opens, due }))).toEqual([
      expect.stringMatching(/^rules\.0\.opens: its last day/),
    ]);
  });

  it.each([
    ['weeks against days', day('goLive', -1, 'weeks'), day('goLive', -7)],
    ['working days that may be few days', day('goLive', 5, 'workingDays'), day('goLive', 5)],
    ['a short month', day('goLive', 1, 'months'), day('goLive', 28)],
    ['two anchors', day('finalDataProduction', 10, 'weeks'), day('goLive', 0)],
    ['its own first day', day('goLive', 0), day('it', 5)],
  ])('are not windows that may be sound: %s', (_, opens, due) => {
    expect(told(rule({ kind: 'window', opens, due }))).toEqual([]);
  });

  it('are found through other rules', () => {
    const meeting = rule({ id: 'meeting', due: day('goLive', -2) });
    expect(told(rule({ kind: 'window', opens: day('goLive', 0), due: day('meeting', 1) }), meeting)).toHaveLength(1);
    expect(told(rule({ blocks: 'goLive', due: day('meeting', 3) }), meeting)).toHaveLength(1);
    expect(told(rule({ blocks: 'goLive', due: day('meeting', 2) }), meeting)).toEqual([]);
  });
});

describe('the span of a rule', () => {
  it('holds the days that are certain, and no others', () => {
    const spanFrom = (due: object) => {
      const span = spanOf(rule({ due }).due, []);
      return span && [span.least, span.most];
    };
    expect(spanFrom(day('goLive', 2, 'weeks'))).toEqual([14, 14]);
    expect(spanFrom(day('goLive', -1, 'months'))).toEqual([-31, -28]);
    expect(spanFrom(day('goLive', 10, 'workingDays'))).toEqual([12, Infinity]);
    expect(spanFrom({ from: 'goLive', unit: 'noticePeriod' })).toEqual([-Infinity, 0]);
    expect(spanFrom(day('nothing', 1))).toBeUndefined();
  });

  it('is counted from another anchor by the order in which the anchors come', () => {
    const of = (anchor: 'goLive' | 'order') => ({ anchor, least: 0, most: 0, followsEvent: false });
    // Initial data production, Final data production and Go Live each have a day of their own.
    expect(fromAnchor(of('order'), 'goLive')).toEqual({ least: -Infinity, most: -3 });
    expect(fromAnchor(of('goLive'), 'finalDataProduction')).toEqual({ least: 1, most: Infinity });
  });
});
