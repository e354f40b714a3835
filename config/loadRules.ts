import { checkCombinations, checkLayers, checkRuleChanges, layerIdsOf } from '../rules/order/checkLayers.js';
import { error } from '../rules/order/problem.js';
import type { Order } from '../rules/order/schema.js';
import type { Problem } from '../rules/plan/types.js';
import { effectiveRules, type EffectiveRules } from '../rules/ruleset/effective.js';
import type { Layer } from '../rules/ruleset/layerSchema.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { allLayers, loadLayers } from './loadLayers.js';
import { loadRuleSet } from './loadRuleSet.js';

/** Instead of what the order names, or beside it: for trying a file before it is put in its place. */
export interface RulesGiven {
  ruleSet?: RuleSet;
  /** Counts as if the order named them, after those that it does name. */
  layers?: readonly Layer[];
}

export interface RulesOfOrder {
  rules: EffectiveRules;
  /** What is wrong with the layers and changes that the order names. Without them the rules are sound, too. */
  problems: Problem[];
}

/**
 * The rules that count for an order.
 *
 * @throws UnknownRuleSetError, RuleSetFileError, SameIdError
 */
export async function loadRules(order: Order, given: RulesGiven = {}): Promise<RulesOfOrder> {
  const base = given.ruleSet ?? (await loadRuleSet(order.ruleSet));
  const extra = given.layers ?? [];
  const more = extra.filter(({ id, level }) => level !== 'supplier' && !order.layers.includes(id)).map(({ id }) => id);
  const whole = { ...order, layers: [...order.layers, ...more] };
  const wanted = layerIdsOf(order).filter((id) => !extra.some((each) => each.id === id));
  const layers = [...extra, ...(await loadLayers(wanted, base))];
  const isMissing = layerIdsOf(whole).length > layers.length;
  const known = isMissing ? [...extra, ...(await allLayers())] : layers;
  const problems = [...checkLayers({ ...whole, ruleSet: base.id }, known), ...ofNobody(whole, extra)];
  return withProblems(whole, base, layers, problems);
}

/** A supplier's layer that no party has would count nowhere, and its reader would not know. */
function ofNobody(order: Order, extra: readonly Layer[]): Problem[] {
  return extra
    .filter(({ id, level }) => level === 'supplier' && !order.parties.some(({ layer }) => layer === id))
    .map(({ id }) =>
      error('unknown-layer', ['parties'], `no party has the layer "${id}": write layer: ${id} at the supplier's party`),
    );
}

function withProblems(order: Order, base: RuleSet, layers: readonly Layer[], ofLayers: Problem[]): RulesOfOrder {
  const usable = layers.filter(({ over }) => over === base.id);
  const together = checkCombinations(order, base, usable);
  // Nothing can be planned from rules that contradict each other; what else is wrong with the order is told without them.
  if (together.length > 0)
    return { rules: effectiveRules(base, [], { ...order, ruleChanges: [] }), problems: [...ofLayers, ...together] };
  const unchanged = effectiveRules(base, usable, { ...order, ruleChanges: [] });
  const ofChanges = checkRuleChanges(order, unchanged);
  const isSound = ofChanges.length === 0;
  const rules = isSound ? effectiveRules(base, usable, order) : unchanged;
  return { rules, problems: [...ofLayers, ...ofChanges] };
}
