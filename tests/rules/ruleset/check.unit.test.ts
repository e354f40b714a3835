import { describe, expect, it } from 'vitest';
import { loadRuleSet } from '../../../config/loadRuleSet.js';
import { checkRuleSet } from '../../../rules/ruleset/check.js';
import { ruleSetWith, smallRuleSet } from '../plan/fixtures.js';

const told = (changes: Record<string, unknown>) =>
  checkRuleSet(ruleSetWith(changes))
    .filter(({ severity }) => severity === 'error')
    .map(({ path, message }) => `${path?.join('.')}: ${message}`);

/** The small rule set with one rule changed; by default `clean-up`. */
const withRule = (changes: object, index = 0) =>
  told({ rules: smallRuleSet.rules.map((rule, at) => (at === index ? { ...rule, ...changes } : rule)) });

const from = (name: string) => ({ from: name, amount: -1, unit: 'days' });

describe('checking a rule set', () => {
  it('finds nothing wrong with the small one, nor with the one that ships', async () => {
    expect(told({})).toEqual([]);
    expect(checkRuleSet(await loadRuleSet('gp-england'))).toEqual([]);
  });

  it('names what a rule is counted from and does not exist', () => {
    expect(withRule({ due: from('link-off') })).toEqual([
      expect.stringContaining('rules.0.due.from: there is no anchor or rule "link-off"; did you mean links-off'),
    ]);
  });

  it('names rules that count in a circle', () => {
    const rules = smallRuleSet.rules.map((rule) => {
      if (rule.id === 'clean-up') return { ...rule, due: from('copy-templates') };
      return rule.id === 'copy-templates' ? { ...rule, due: from('clean-up') } : rule;
    });
    expect(told({ rules })).toEqual([
      expect.stringContaining('clean-up from copy-templates from clean-up'),
      expect.stringContaining('copy-templates from clean-up from copy-templates'),
    ]);
    expect(withRule({ due: from('clean-up') })).toEqual([expect.stringContaining('circle')]);
  });

  it('names a circle through the first day of a window', () => {
    expect(withRule({ opens: from('notify-pcse') }, 4)).toEqual([
      expect.stringContaining('rules.2.due.from'),
      expect.stringContaining('rules.4.opens.from'),
    ]);
  });

  it('names a window whose first day is counted from itself', () => {
    expect(withRule({ opens: from('links-off') }, 4)).toEqual([
      expect.stringContaining('rules.4.opens.from: counts in a circle: links-off from links-off'),
    ]);
  });

  it('refuses to count from something that each party has', () => {
    expect(withRule({ due: from('notify') })).toEqual([expect.stringContaining('a day for each thirdParty')]);
  });

  it('checks the ladders of items and of a practice that asks, and their units, like those of rules', () => {
    const due = { from: 'goLive', amount: -5, unit: 'hours' };
    const item = { section: 'Items', source: 'a test', due, title: '{item}', action: '{item}' };
    const rule = { ...item, ladders: { practice: 'practice', csu: 'csuu', party: 'supplier' } };
    expect(told({ items: { survey: rule, action: rule } })).toEqual([
      expect.stringContaining('items.survey.ladders.csu: there is no ladder "csuu"'),
      expect.stringContaining('items.action.ladders.csu'),
      expect.stringContaining('items.survey.due.unit: hours'),
      expect.stringContaining('items.action.due.unit'),
    ]);
    const [asked, ...others] = smallRuleSet.extracts.hops;
    const hops = [{ ...asked, ladderWhenPractice: 'letter' }, ...others];
    expect(told({ extracts: { ...smallRuleSet.extracts, hops } })).toEqual([
      expect.stringContaining('extracts.hops.0.ladderWhenPractice: there is no ladder "letter"'),
    ]);
  });

  it('wants to know how long a rung that repeats itself goes on', () => {
    const rung = { id: 'weekly', workingDays: 0, type: 'reminder', to: 'csuOperator' };
    const message: unknown = expect.stringContaining('"weekly" must have everyWeeks and until together');
    const { ladders } = smallRuleSet;
    expect(told({ ladders: { ...ladders, weekly: [{ ...rung, everyWeeks: 1 }] } })).toEqual([message]);
    expect(told({ ladders: { ...ladders, weekly: [{ ...rung, until: 'due' }] } })).toEqual([message]);
    expect(told({ ladders: { ...ladders, weekly: [{ ...rung, everyWeeks: 1, until: 'due' }] } })).toEqual([]);
  });

  it('names ladders, hops and rungs that would never go out', () => {
    expect(withRule({ ladder: 'practise' })).toEqual([expect.stringContaining('did you mean practice')]);
    const { hops } = smallRuleSet.extracts;
    expect(told({ extracts: { ...smallRuleSet.extracts, hops: hops.toReversed() } })).toEqual([
      expect.stringContaining('extracts.hops: must be exactly these, in this order: asked'),
      expect.stringContaining('extracts.hops.0.ladder'),
    ]);
    const rungs = [
      { id: 'twice', workingDays: 0, atOnce: true, type: 'reminder', to: 'csuOperator' },
      { id: 'twice', type: 'reminder', to: 'csuOperator' },
    ];
    expect(told({ ladders: { ...smallRuleSet.ladders, odd: rungs } })).toEqual([
      expect.stringContaining('ladders.odd.0: rung "twice" must have either'),
      expect.stringContaining('ladders.odd.1.id'),
      expect.stringContaining('ladders.odd.1: rung "twice" must have either'),
    ]);
  });

  it.each([
    ['an id used twice', { id: 'links-off' }, 'rules.4.id'],
    ['an id that means something else', { id: 'extract' }, 'rules.0.id'],
    ['a window without a first day', { kind: 'window' }, 'rules.0'],
    ['a first day of something else', { opens: from('goLive') }, 'rules.0.opens'],
    ['a notice period of nobody', { due: { from: 'goLive', unit: 'noticePeriod' } }, 'rules.0.due'],
    ['a party that the rule is not for', { holder: 'party' }, 'rules.0.holder'],
    ['kinds of nobody', { kinds: ['eps'] }, 'rules.0.kinds'],
    ['kinds of nobody to leave out', { exceptKinds: ['eps'] }, 'rules.0.exceptKinds'],
    ['a question about nobody', { when: 'reconfiguresAfterGoLive' }, 'rules.0.when'],
    ['hours', { due: { from: 'goLive', amount: 1, unit: 'hours' } }, 'rules.0.due.unit'],
  ])('refuses %s', (_, changes, path) => {
    expect(withRule(changes)).toEqual([expect.stringMatching(new RegExp(`^${path.replaceAll('.', '\\.')}: `))]);
  });

  it('names the ids that mean something else', () => {
    expect(withRule({ id: 'survey' })).toEqual([
      'rules.0.id: "survey" means something else, as do anchor, confirm, extract, authorise-extracts, action, order, kickOff, technicalSurvey, initialDataProduction, finalDataProduction, goLive; give the rule another id',
    ]);
  });

  it('refuses an anchor twice, or held by a party', () => {
    const [first] = smallRuleSet.anchors;
    expect(told({ anchors: [...smallRuleSet.anchors, { ...first, holder: 'party' }] })).toEqual([
      expect.stringMatching(/anchors\.\d\.anchor/),
      expect.stringMatching(/anchors\.\d\.holder/),
    ]);
  });

  it('refuses hours in every period', () => {
    const hours = { amount: 1, unit: 'hours', source: 'a source' };
    const { extracts, confirmation } = smallRuleSet;
    const paths = told({
      confirmation: { ...confirmation, before: { amount: 1, unit: 'hours' }, whenAbsent: { amount: 1, unit: 'hours' } },
      extracts: {
        ...extracts,
        sourceSupplierNotice: hours,
        dataSupplierNotice: hours,
        turnaround: { ...extracts.turnaround, schedules: hours },
      },
      noticePeriods: { eps: hours },
    }).map((text) => text.split(':')[0]);
    expect(paths).toEqual([
      'confirmation.before.unit',
      'confirmation.whenAbsent.unit',
      'extracts.sourceSupplierNotice.unit',
      'extracts.dataSupplierNotice.unit',
      'extracts.turnaround.schedules.unit',
      'noticePeriods.eps.unit',
    ]);
  });

  it('names values that contradict each other', () => {
    expect(told({ workUntil: '08:00' })).toEqual([expect.stringContaining('workUntil: must be later than sendAt')]);
    const usualDurations = [{ from: 'order', to: 'goLive', atLeastDays: 200, atMostDays: 112, source: 'x' }];
    expect(told({ usualDurations })).toEqual([
      expect.stringContaining('usualDurations.0.atLeastDays: must not be more'),
    ]);
    expect(told({ workUntil: '09:30' })).toEqual([expect.stringContaining('spreadMinutes: some mail would go out')]);
  });

  it.each([
    ['backwards', { from: 'goLive', to: 'order', atMostDays: 9 }, 'usualDurations.0.to: order does not come after'],
    ['from a day to itself', { from: 'goLive', to: 'goLive', atMostDays: 9 }, 'usualDurations.0.to: '],
    ['of no length', { from: 'order', to: 'goLive' }, 'usualDurations.0: says nothing'],
    ['of less than nothing', { from: 'order', to: 'goLive', atLeastDays: -7 }, 'usualDurations.0: a length cannot'],
  ])('refuses a usual time %s', (_, duration, says) => {
    expect(told({ usualDurations: [{ ...duration, source: 'x' }] })).toEqual([expect.stringContaining(says)]);
  });

  it('refuses a usual time between the same two anchors twice', () => {
    const duration = { from: 'order', to: 'goLive', atMostDays: 9, source: 'x' };
    expect(told({ usualDurations: [duration, duration] })).toEqual([
      expect.stringContaining('usualDurations.1.to: the time from order to goLive is there twice'),
    ]);
  });

  it('refuses ids twice in each list', () => {
    const blackout = { id: 'a', title: 'A', from: '12-20', to: '01-05', source: 's' };
    expect(told({ blackouts: [blackout, blackout] })).toEqual([
      expect.stringContaining('blackouts.1.id: "a" is there'),
    ]);
    const counter = { id: 'a', title: 'A', source: 's' };
    expect(told({ counters: [counter, counter] })).toEqual([expect.stringContaining('counters.1.id')]);
  });

  it('refuses blackouts that make no sense', () => {
    const days = (from: string, to: string) => told({ blackouts: [{ id: 'a', title: 'A', from, to, source: 's' }] });
    expect(days('2027-03-02', '2027-03-01')).toEqual([expect.stringContaining('blackouts.0.to: the last day')]);
    expect(days('12-20', '2027-01-05')).toEqual([expect.stringContaining('blackouts.0.to: 12-20 and 2027-01-05')]);
    expect(days('02-30', '03-01')).toEqual([expect.stringContaining('blackouts.0.from: there is no such day')]);
    expect(days('12-20', '01-05')).toEqual([]);
    expect(days('02-29', '03-01')).toEqual([]);
  });

  it('refuses blanks that nothing fills in at that place', () => {
    expect(withRule({ title: 'Tell {praty}' })).toEqual([
      expect.stringContaining('rules.0.title: {praty} means nothing here; there is no blank'),
    ]);
    expect(withRule({ action: 'Tell {party}' })).toEqual([expect.stringContaining('rules.0.action: {party}')]);
    expect(withRule({ action: 'Tell {site}' }, 1)).toEqual([
      expect.stringContaining('rules.1.action: {site} means nothing here; use {party}'),
    ]);
    const { confirmation } = smallRuleSet;
    expect(told({ confirmation: { ...confirmation, action: 'Tell {party}' } })).toEqual([
      expect.stringContaining('confirmation.action: {party}'),
    ]);
  });

  it('takes a window that ends so long after its own first day', () => {
    const opens = { from: 'finalDataProduction', amount: -2, unit: 'days' };
    expect(withRule({ opens, due: { from: 'links-off', amount: 1, unit: 'days' } }, 4)).toEqual([]);
  });

  it('wants Go Live among the anchors, because a migration ends with it', () => {
    const anchors = smallRuleSet.anchors.filter(({ anchor }) => anchor !== 'goLive');
    expect(told({ anchors })).toEqual(
      expect.arrayContaining([expect.stringContaining('anchors: goLive must be among')]),
    );
  });
});
