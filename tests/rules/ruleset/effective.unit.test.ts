import { describe, expect, it } from 'vitest';
import { loadCalendar } from '../../../config/loadCalendar.js';
import { planMigration } from '../../../rules/plan/planMigration.js';
import { checkLayer } from '../../../rules/ruleset/checkLayer.js';
import { effectiveRules, layerOf, rulesFor } from '../../../rules/ruleset/effective.js';
import { layerSchema, type Layer } from '../../../rules/ruleset/layerSchema.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, shippedRuleSet } from '../../support/examples.js';

const base = shippedRuleSet();
const calendar = await loadCalendar();
const layer = (change: object): Layer =>
  layerSchema.parse({
    id: 'l',
    version: '1.0.0',
    title: 'L',
    over: 'gp-england',
    level: 'region',
    source: 's',
    ...change,
  });

const change = (rule: string, amount: number) => ({ rule, due: { amount }, source: 'agreed' });
const region = layer({ id: 'region', changes: [change('posters', -8)] });
const later = layer({ id: 'later', level: 'optional', changes: [change('posters', -9)] });
const supplier = layer({
  id: 'alder-terms',
  level: 'supplier',
  changes: [change('old-system-read-only-ends', 60), { ...change('test-criteria', -20), due: { amount: -20 } }],
  extracts: { sourceSupplierNotice: { amount: 6, unit: 'weeks', source: 'terms' } },
});
const all = [supplier, later, region];

const order = (changed: Partial<Order> = {}) => exampleOrder('plain', changed);
const ofSupplier = (partyId: string, changed: Partial<Order> = {}) => {
  const plain = order(changed);
  const parties = plain.parties.map((party) => (party.id === partyId ? { ...party, layer: 'alder-terms' } : party));
  return { ...plain, parties };
};

const rulesOf = (of: Order) => effectiveRules(base, all, of);
const dueOf = (of: Order, id: string) => rulesOf(of).rules.find((rule) => rule.id === id)?.due;

describe('the rules that count for an order', () => {
  it('are those of the rule set where nothing lies over it', () => {
    const rules = rulesOf(order());
    expect([rules.rules, rules.layers, rules.byParty]).toEqual([base.rules, [], {}]);
    expect(rulesFor(rules, order().parties[0]).rules).toEqual(base.rules);
  });

  it('take each layer in the order in which the order names them, and the order’s own changes last', () => {
    expect(dueOf(order({ layers: ['region'] }), 'posters')).toMatchObject({ amount: -8, unit: 'weeks' });
    expect(dueOf(order({ layers: ['region', 'later'] }), 'posters')).toMatchObject({ amount: -9 });
    expect(dueOf(order({ layers: ['later', 'region'] }), 'posters')).toMatchObject({ amount: -8 });
    const own = { layers: ['region', 'later'], ruleChanges: [change('posters', -10)] };
    expect(dueOf(order(own), 'posters')).toMatchObject({ amount: -10 });
  });

  it('say of each value which layer it comes from, and what it took the place of', () => {
    const rules = rulesOf(order({ layers: ['region', 'later'] }));
    expect(rules.layers.map(({ id }) => id)).toEqual(['region', 'later']);
    expect(layerOf(rules, 'rules.posters.due')).toBe('later');
    expect(layerOf(rules, 'rules.training-plan.due')).toBe('gp-england');
    expect(rules.origins['rules.posters']?.replaced.map(({ layer: was }) => was)).toEqual(['region', 'gp-england']);
    const posters = rules.rules.find(({ id }) => id === 'posters');
    expect(posters?.assumed).toBe(false);
    expect(rules.origins['rules.posters.due']).toEqual({
      layer: 'later',
      source: 'agreed',
      replaced: [
        { layer: 'region', value: '-8 weeks from finalDataProduction', source: 'agreed' },
        {
          layer: 'gp-england',
          value: '-6 weeks from finalDataProduction',
          source: expect.stringContaining('many weeks') as unknown,
        },
      ],
    });
  });

  it('keep the source and the origin of a number that a change does not touch', () => {
    const told = layer({ id: 'told', changes: [{ rule: 'posters', ladder: 'csu', source: 'the CSU is told' }] });
    const rules = effectiveRules(base, [told], order({ layers: ['told'] }));
    const posters = rules.rules.find(({ id }) => id === 'posters');
    expect(posters).toMatchObject({
      ladder: 'csu',
      assumed: true,
      source: expect.stringContaining('many weeks') as unknown,
    });
    expect(layerOf(rules, 'rules.posters.due')).toBe('gp-england');
    expect(rules.origins['rules.posters']).toMatchObject({ layer: 'told', source: 'the CSU is told' });
  });

  it('can lift a block, set one, and add what other sources say', () => {
    const changes = [
      { rule: 'go-live-sign-off', blocks: 'nothing', source: 'agreed' },
      { rule: 'posters', blocks: 'goLive', alsoSeen: ['seven weeks'], source: 'agreed' },
    ];
    const rules = effectiveRules(base, [layer({ id: 'blocks', changes })], order({ layers: ['blocks'] }));
    const ruleOf = (id: string) => rules.rules.find((rule) => rule.id === id);
    expect(ruleOf('go-live-sign-off')).not.toHaveProperty('blocks');
    expect(ruleOf('posters')).toMatchObject({ blocks: 'goLive' });
    expect(ruleOf('posters')?.alsoSeen.at(-1)).toBe('seven weeks');
  });

  it('can have somebody ring earlier: a region for everybody, a supplier for itself', () => {
    const ringing = (id: string, level: string, amount: number) =>
      layer({ id, level, callAfterChases: { amount, source: 'agreed' } });
    const layers = [ringing('region', 'region', 2), ringing('alder-terms', 'supplier', 1)];
    const alone = effectiveRules(base, layers, ofSupplier('alder'));
    expect([alone.forOthers.callAfterChases?.amount, alone.byParty['alder']?.callAfterChases?.amount]).toEqual([3, 1]);
    const both = effectiveRules(base, layers, ofSupplier('alder', { layers: ['region'] }));
    expect(both.forOthers.origins['callAfterChases']).toEqual({
      layer: 'region',
      source: 'agreed',
      replaced: [{ layer: 'gp-england', value: '3 mails', source: base.callAfterChases?.source }],
    });
    expect(layerOf(both.byParty['alder'] ?? both, 'callAfterChases')).toBe('alder-terms');
    expect(layers.flatMap((each) => checkLayer(each, base))).toEqual([]);
    const { plan } = planMigration(ofSupplier('alder', { layers: ['region'] }), both, calendar, '2026-10-20');
    expect([plan.callAfterChases, plan.callAfterChasesOf]).toEqual([2, { alder: 1 }]);
  });

  it('of a supplier count for what is that party’s, and for the whole migration where it is the source or target supplier', () => {
    const alder = ofSupplier('alder');
    const rules = rulesOf(alder);
    const [source, , eps] = alder.parties;
    expect(rulesFor(rules, source).extracts.sourceSupplierNotice.amount).toBe(6);
    expect(rulesFor(rules, eps).extracts.sourceSupplierNotice.amount).toBe(5);
    expect(dueOf(alder, 'old-system-read-only-ends')).toMatchObject({ amount: 60 });
    expect(dueOf(ofSupplier('eps'), 'old-system-read-only-ends')).toMatchObject({ amount: 45 });
  });

  it('can leave a rule out', () => {
    const without = order({ ruleChanges: [{ rule: 'rota-limit', applies: false, source: 'no rotas here' }] });
    expect(dueOf(without, 'rota-limit')).toBeUndefined();
    expect(rulesOf(without).rules).toHaveLength(base.rules.length - 1);
  });

  it('come from a rule set that they leave as it was', () => {
    const before = JSON.stringify(base);
    rulesOf(ofSupplier('alder', { layers: ['region', 'later'], ruleChanges: [change('posters', -1)] }));
    expect(JSON.stringify(base)).toBe(before);
  });
});

describe('checking a layer', () => {
  const problems = (changed: object) =>
    checkLayer(layer(changed), base).map(({ path, message }) => `${path?.join('.')}: ${message}`);

  it('has nothing against a good one', () => {
    expect(all.flatMap((each) => checkLayer(each, base))).toEqual([]);
  });

  it.each([
    ['another rule set', { over: 'gp-wales' }, /^over: it lies over "gp-wales"/],
    [
      'a rule that is not there',
      { changes: [change('poster', -1)] },
      /^changes.0.rule: there is no rule "poster" .* posters/,
    ],
    ['a rule changed twice', { changes: [change('posters', -1), change('posters', -2)] }, /^changes.1.rule: .*twice/],
    [
      'a first day of a rule that has none',
      { changes: [{ ...change('posters', -1), opens: { amount: 1 } }] },
      /changes.0.opens/,
    ],
    ['half a day', { changes: [change('notify', -4)] }, /changes.0.due: give both amount and unit/],
    [
      'a circle',
      { changes: [{ rule: 'links-off', opens: { from: 'notify-pcse' }, source: 's' }] },
      /changes.0.*circle/,
    ],
    [
      'an unknown ladder',
      { changes: [{ rule: 'posters', ladder: 'practise', source: 's' }] },
      /changes.0.ladder: there is no ladder/,
    ],
    ['a rule that is there already', { rules: [base.rules[0]] }, /^rules.0.id: .*change it under changes/],
  ])('names %s, at its place in the layer', (_, changed, message) => {
    expect(problems(changed).join('\n')).toMatch(message);
  });
});
