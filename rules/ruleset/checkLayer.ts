/** What is wrong with a layer, seen over the rule set that it is for. */
import { error, warning, type Path } from '../order/problem.js';
import type { RuleChange } from '../order/ruleChange.js';
import type { Problem } from '../plan/types.js';
import { nearest } from '../text/nearest.js';
import { applyLayer } from './applyLayer.js';
import { checkRuleSet } from './check.js';
import { pathInLayer } from './layerPath.js';
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
  const more = problems.some(isOfHalfDay) ? [] : [...saysNothing(layer), ...checkTogether(layer, base)];
  const told = new Set(problems.map(({ path }) => path?.join('.')));
  return [...problems, ...more.filter(({ path }) => !told.has(path?.join('.')))];
}

/** A day that is half there cannot be looked at together with the others. */
const isOfHalfDay = ({ path }: Problem): boolean => path?.at(-1) === 'due' || path?.at(-1) === 'opens';

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
      ...emptyChange(change, [...path, index]),
      ...(isTwice ? [wrong(at, `"${change.rule}" is changed twice here; put both into one`)] : []),
      ...(change.opens !== undefined && rule.opens === undefined
        ? [wrong([...path, index, 'opens'], 'this rule has no first day; take opens out')]
        : []),
      ...halfDays(change, rule, [...path, index]),
    ];
  });
}

function emptyChange({ rule, applies, source: _, ...different }: RuleChange, path: Path): Problem[] {
  const names = Object.keys(different);
  if (applies === false && names.length > 0)
    return [
      wrong(path, `"${rule}" is left out, so ${names.join(', ')} would count for nothing; keep one or the other`),
    ];
  if (applies !== false && names.length === 0)
    return [
      wrong(path, `nothing is said to be different about "${rule}"; add due, ladder or the like, or applies: false`),
    ];
  return [];
}

/** A day that was counted by somebody's notice needs an amount and a unit of its own once it is counted otherwise. */
function halfDays(change: RuleChange, rule: RuleSet['rules'][number], path: Path): Problem[] {
  return (['due', 'opens'] as const).flatMap((field) => {
    const given = change[field];
    const old = rule[field];
    const isCounted = old !== undefined && 'amount' in old;
    if (field === 'opens' && old === undefined) return [];
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
  const before = new Set(checkRuleSet(base).map(({ message }) => message));
  const found = checkRuleSet(together)
    .filter(({ message }) => !before.has(message))
    .map((problem) => ({ problem, path: pathInLayer(problem.path ?? [], layer, together) }));
  const ours = found.flatMap(({ problem, path }) =>
    path === undefined ? [] : [{ ...problem, path, message: messageAt(path, problem, together) }],
  );
  // What shows at other entries as well follows from these; where nothing of the layer is to blame, it is the whole of it.
  if (ours.some(({ severity }) => severity === 'error')) return ours;
  const others = found.filter(({ path }) => path === undefined).map(({ problem }) => ({ ...problem, path: [] }));
  return [...ours, ...others];
}

/** What is missing where a rule is left out is the rule, and whoever is counted from it. */
function messageAt(place: Path, { path = [], message }: Problem, { rules }: RuleSet): string {
  const rule = typeof path[1] === 'number' ? rules[path[1]] : undefined;
  if (place.at(-1) !== 'applies' || rule === undefined) return message;
  return `"${rule.id}" is counted from this rule: count that from something else first, or leave it out too`;
}

/** A layer that leaves everything as it is was meant to do something. */
function saysNothing({ extracts, callAfterChases, ...layer }: Layer): Problem[] {
  const { turnaround, ...notices } = extracts;
  const lists = [layer.changes, layer.rules, layer.usualDurations, layer.counters, layer.knownIssues, layer.blackouts];
  const named = [layer.ladders, layer.noticePeriods, turnaround, notices].map((each) => Object.keys(each));
  const isEmpty = callAfterChases === undefined && [...lists, ...named].every((each) => each.length === 0);
  return isEmpty ? [warning('rule-set', [], 'this layer changes nothing: add changes, rules or notices')] : [];
}
