import { describe, expect, it } from 'vitest';
import { loadRules } from '../../config/loadRules.js';
import type { Order } from '../../rules/order/schema.js';
import { layerSchema, type Layer } from '../../rules/ruleset/layerSchema.js';
import { exampleOrder, shippedRuleSet } from '../support/examples.js';

const layer = (id: string, changed: object): Layer =>
  layerSchema.parse({ id, version: '1.0.0', title: id, over: 'gp-england', level: 'region', source: 's', ...changed });

const [posters] = shippedRuleSet().rules.filter(({ id }) => id === 'posters');
const extra = { rules: [{ ...posters, id: 'extra' }] };

const problemsOf = async (layers: readonly Layer[], changed: Partial<Order> = {}) => {
  const { problems } = await loadRules(exampleOrder('plain', changed), { layers });
  return problems.map(({ path, message }) => `${path?.join('.')}: ${message}`);
};

describe('the rules of an order', () => {
  it('are those of its rule set with the layers that it names', async () => {
    const { rules, problems } = await loadRules(exampleOrder('plain', { layers: ['example-region'] }));
    expect(problems).toEqual([]);
    expect(rules.layers).toEqual([{ id: 'example-region', version: '1.0.0' }]);
    expect(rules.noticePeriods.outOfHours?.amount).toBe(4);
  });

  it('are refused where two layers that are sound by themselves do not go together', async () => {
    expect(await problemsOf([layer('a', extra)])).toEqual([]);
    expect(await problemsOf([layer('a', extra), layer('b', extra)])).toEqual([
      'layers.1: layer "b" does not go with "a": "extra" is there already; change it under changes, or give this one another id',
    ]);
    const without = { changes: [{ rule: 'rota-limit', applies: false, source: 's' }] };
    const moved = { changes: [{ rule: 'rota-limit', due: { amount: 3 }, source: 's' }] };
    expect(await problemsOf([layer('without', without), layer('moved', moved)])).toEqual([
      expect.stringMatching(/^layers\.1: layer "moved" does not go with "without": there is no rule "rota-limit"/),
    ]);
  });

  it('are refused where layers count in a circle together, though none does by itself', async () => {
    const due = (rule: string, from: string) => ({ changes: [{ rule, due: { from }, source: 's' }] });
    const [one, other] = [
      layer('one', due('posters', 'training-plan')),
      layer('other', due('training-plan', 'posters')),
    ];
    expect(await problemsOf([one])).toEqual([]);
    expect(await problemsOf([other])).toEqual([]);
    expect(await problemsOf([one, other])).toEqual([
      expect.stringMatching(/^layers\.1: layer "other" does not go with "one": counts in a circle/),
    ]);
  });

  it('tell of a supplier’s layer at that party, and of one that is no party’s', async () => {
    const terms = layer('terms', { ...extra, level: 'supplier' });
    expect(await problemsOf([terms])).toEqual([expect.stringMatching(/^parties: no party has the layer "terms"/)]);
    const { parties } = exampleOrder('plain');
    const own = { parties: parties.map((party, index) => (index === 1 ? { ...party, layer: 'terms' } : party)) };
    expect(await problemsOf([terms], own)).toEqual([]);
    expect(await problemsOf([layer('a', extra), terms], own)).toEqual([
      expect.stringMatching(/^parties\.1\.layer: layer "terms" does not go with "a"/),
    ]);
  });

  it('take changes of the order alone only where they are sound', async () => {
    const change = { rule: 'poster', due: { amount: -3 }, source: 's' };
    expect(await problemsOf([], { ruleChanges: [change] })).toEqual([
      expect.stringMatching(/^ruleChanges\.0\.rule: there is no rule "poster"/),
    ]);
  });
});
