/** What is wrong with a layer, seen over the rule set that it is for. */
import { error, type Path } from '../order/problem.js';
import type { RuleChange } from '../order/ruleChange.js';
import type { Problem } from '../plan/types.js';
import { nearest } from '../text/nearest.js';
import { applyLayer, type Layered } from './applyLayer.js';
import { checkRuleSet } from './check.js';
import type { Layer } from './layerSchema.js';
import type { RuleSet } from './schema.js';

const wrong = (path: Path, message: string): Problem => error('rule-set', path, message);

/**
 * Everything about a layer that one field cannot tell, with the path of the field in the layer, all problems at once.
 *
 * @param base the rule set that it lies over, checked by `checkRuleSet`
 */
export function checkLayer(layer: Layer, base: RuleSet): Problem[] {
  if (layer.over !== base.id)
    return [wrong(['over'], `it lies over "${layer.over}", and the rule set is "${base.id}"`)];
  const problems = [...checkChanges(layer.changes, withAdded(layer, base), ['changes']), ...addedTwice(layer, base)];
  return problems.length > 0 ? problems : checkTogether(layer, base);
}

/** A layer may change what it adds itself. */
const withAdded = (layer: Layer, base: RuleSet): RuleSet => ({ ...base, rules: [...base.rules, ...layer.rules] });

/** Changes name rules that are there, give days only what a day has, and change each rule once. */
export function checkChanges(changes: readonly RuleChange[], { rules }: RuleSet, path: Path): Problem[] {
  const ids = rules.map(({ id }) => id);
  return changes.flatMap((change, index) => {
    const rule = rules.find(({ id }) => id === change.rule);
    const at = [...path, index, 'rule'];
    if (rule === undefined) {
      const choices = nearest(change.rule, ids).join(', ');
      return [wrong(at, `there is no rule "${change.rule}" to change; did you mean ${choices}?`)];
    }
    const isTwice = changes.findIndex((other) => other.rule === change.rule) < index;
    return [
      ...(isTwice ? [wrong(at, `"${change.rule}" is changed twice here; put both into one`)] : []),
      ...(change.opens !== undefined && rule.opens === undefined
        ? [wrong([...path, index, 'opens'], 'this rule has no first day; take opens out')]
        : []),
      ...halfDays(change, rule, [...path, index]),
    ];
  });
}

/** A day that was counted by somebody's notice needs an amount and a unit of its own once it is counted otherwise. */
function halfDays(change: RuleChange, rule: RuleSet['rules'][number], path: Path): Problem[] {
  return (['due', 'opens'] as const).flatMap((field) => {
    const given = change[field];
    const old = rule[field];
    const isCounted = old !== undefined && 'amount' in old;
    const isHalf = given !== undefined && !isCounted && (given.amount === undefined) !== (given.unit === undefined);
    return isHalf ? [wrong([...path, field], 'give both amount and unit: the rule had neither')] : [];
  });
}

function addedTwice(layer: Layer, base: RuleSet): Problem[] {
  return (['rules', 'counters', 'knownIssues', 'blackouts'] as const).flatMap((list) => {
    const known = base[list].map(({ id }) => id);
    return layer[list].flatMap(({ id }, index) => {
      const isTwice = known.includes(id) || layer[list].findIndex((other) => other.id === id) < index;
      const how = list === 'rules' ? '; change it under changes, or give this one another id' : '; give it another id';
      return isTwice ? [wrong([list, index, 'id'], `"${id}" is there already${how}`)] : [];
    });
  });
}

/** What the layer makes wrong that was right without it: told at the entry of the layer that it comes from. */
function checkTogether(layer: Layer, base: RuleSet): Problem[] {
  const together = applyLayer({ ...base, origins: {} }, layer);
  return checkRuleSet(together).map((problem) => ({
    ...problem,
    path: pathInLayer(problem.path ?? [], layer, together),
  }));
}

function pathInLayer(path: Path, layer: Layer, { rules }: Layered): Path {
  const [list, index, ...rest] = path;
  if (list !== 'rules' || typeof index !== 'number') return path;
  const id = rules[index]?.id;
  const added = layer.rules.findIndex((rule) => rule.id === id);
  if (added >= 0) return ['rules', added, ...rest];
  const changed = layer.changes.findIndex(({ rule }) => rule === id);
  return changed >= 0 ? ['changes', changed, ...rest] : ['changes'];
}
