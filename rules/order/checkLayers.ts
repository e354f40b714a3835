import type { Problem } from '../plan/types.js';
import { applyChanges, applyLayer, type Layered } from '../ruleset/applyLayer.js';
import { checkRuleSet } from '../ruleset/check.js';
import { checkChanges, checkLayer } from '../ruleset/checkLayer.js';
import { combinationsOf } from '../ruleset/effective.js';
import type { Layer } from '../ruleset/layerSchema.js';
import type { RuleSet } from '../ruleset/schema.js';
import { nearest } from '../text/nearest.js';
import { error, type Path } from './problem.js';
import type { Order } from './schema.js';

interface Named {
  id: string;
  path: Path;
  isSuppliers: boolean;
}

function namedLayers({ layers, parties }: Order): Named[] {
  return [
    ...layers.map((id, index) => ({ id, path: ['layers', index], isSuppliers: false })),
    ...parties.flatMap(({ layer }, index) =>
      layer === undefined ? [] : [{ id: layer, path: ['parties', index, 'layer'], isSuppliers: true }],
    ),
  ];
}

/** Ids of the layers that an order names, once each. */
export const layerIdsOf = (order: Order): string[] => [...new Set(namedLayers(order).map(({ id }) => id))];

/**
 * The layers that an order names are there, lie over its rule set, and are of the kind that belongs in that place.
 *
 * @param known every layer that there is
 */
export function checkLayers(order: Order, known: readonly Layer[]): Problem[] {
  return namedLayers(order).flatMap(({ id, path, isSuppliers }) => {
    const layer = known.find((each) => each.id === id);
    const choices = known.filter(({ over, level }) => over === order.ruleSet && (level === 'supplier') === isSuppliers);
    const names = nearest(
      id,
      choices.map((each) => each.id),
      choices.length,
    ).join(', ');
    const hint = choices.length > 0 ? `; use one of ${names}` : '';
    if (layer === undefined) return [error('unknown-layer', path, `there is no layer "${id}"${hint}`)];
    if (layer.over !== order.ruleSet)
      return [error('unknown-layer', path, `layer "${id}" lies over ${layer.over}, not over ${order.ruleSet}${hint}`)];
    if ((layer.level === 'supplier') === isSuppliers) return [];
    const place = isSuppliers ? 'belongs under layers of the order' : 'is a supplier’s: name it as layer of that party';
    return [error('unknown-layer', path, `layer "${id}" ${place}`)];
  });
}

/**
 * Layers that count together go together: each by itself is checked when it is read, and here over those before it.
 *
 * @param layers those that the order names, each sound by itself
 */
export function checkCombinations(order: Order, base: RuleSet, layers: readonly Layer[]): Problem[] {
  const { forAll, byParty } = combinationsOf(layers, order);
  const seen = new Set<string>();
  return [forAll, ...Object.values(byParty)].flatMap((combination) =>
    combination.flatMap((layer, index) => {
      const before = combination.slice(0, index);
      const key = [...before, layer].map(({ id }) => id).join(' ');
      if (before.length === 0 || seen.has(key)) return [];
      seen.add(key);
      return problemsOver(layer, before, base).map((message) => {
        const others = before.map(({ id }) => `"${id}"`).join(' and ');
        return error(
          'rule-set',
          placeOfLayer(order, layer.id),
          `layer "${layer.id}" does not go with ${others}: ${message}`,
        );
      });
    }),
  );
}

function problemsOver(layer: Layer, before: readonly Layer[], base: RuleSet): string[] {
  const under = before.reduce<Layered>(applyLayer, { ...base, origins: {} });
  return checkLayer(layer, under)
    .filter(({ severity }) => severity === 'error')
    .map(({ message }) => message);
}

const placeOfLayer = (order: Order, id: string): Path =>
  namedLayers(order).find((named) => named.id === id)?.path ?? ['layers'];

/** What the order itself changes about single rules is sound. @param rules as they count without those changes */
export function checkRuleChanges({ ruleChanges }: Order, rules: RuleSet): Problem[] {
  if (ruleChanges.length === 0) return [];
  const problems = checkChanges(ruleChanges, rules, ['ruleChanges']);
  if (problems.length > 0) return problems;
  const changed = applyChanges({ ...rules, origins: {} }, ruleChanges, 'order');
  const problemsOfAll = checkRuleSet(changed).filter(({ severity }) => severity === 'error');
  return problemsOfAll.map((problem) => ({
    ...problem,
    path: placeOf(problem.path ?? [], changed, ruleChanges),
  }));
}

function placeOf([, index]: Path, { rules }: RuleSet, changes: Order['ruleChanges']): Path {
  const id = typeof index === 'number' ? rules[index]?.id : undefined;
  const at = changes.findIndex(({ rule }) => rule === id);
  return at < 0 ? ['ruleChanges'] : ['ruleChanges', at];
}
