import type { Problem } from '../../rules/plan/types.js';
import { checkRuleSet } from '../../rules/ruleset/check.js';
import { checkLayer } from '../../rules/ruleset/checkLayer.js';
import { applyLayer } from '../../rules/ruleset/applyLayer.js';
import { layerSchema, type Layer } from '../../rules/ruleset/layerSchema.js';
import { ruleSetSchema } from '../../rules/ruleset/schema.js';
import { factsOf, readFacts, type Facts } from '../golden/facts.js';
import { differencesFrom, goldenNames, planOf, readGolden, shippedLayers, shippedRuleSet } from '../golden/goldens.js';
import { factsWith, readFactsWith } from '../golden/layerFacts.js';
import type { Mutant } from './mutants.js';

/**
 * What caught a mutant: the schema or the checks of `rules check`, a golden plan, the hand-written facts, or nothing. Where the
 * checks let one pass that no plan can be made from, it breaks the planner: a hole in the checks. A layer that says of a rule what
 * the rule set says anyway changes nothing.
 */
export type Verdict =
  'changes nothing' | 'refused' | 'a plan differs' | 'a fact differs' | 'breaks the planner' | 'survives';

export const uncaught: readonly Verdict[] = ['breaks the planner', 'survives'];

// Those with rungs first: most mutants are caught there.
const goldens = goldenNames
  .map(readGolden)
  .toSorted((a, b) => Number(b.expected.rungs !== undefined) - Number(a.expected.rungs !== undefined));

const layered = goldens.filter(({ order }) => order.layers.length > 0);

/** The same values with their keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

const asText = (facts: Facts): string => JSON.stringify(sorted(facts));

const facts = asText(readFacts());
const factsOfLayers = new Map(shippedLayers.map(({ id }) => [id, asText(readFactsWith(id))]));

const isError = ({ severity }: Problem): boolean => severity === 'error';

/** @param planDiffers stops at the first plan that does */
function caughtBy(planDiffers: () => boolean, factDiffers: () => boolean): Verdict {
  try {
    if (planDiffers()) return 'a plan differs';
  } catch {
    return 'breaks the planner';
  }
  return factDiffers() ? 'a fact differs' : 'survives';
}

/** What catches a change of the shipped rule set. */
export function judge({ changed }: Pick<Mutant, 'changed'>): Verdict {
  const parsed = ruleSetSchema.safeParse(changed);
  if (!parsed.success || checkRuleSet(parsed.data).some(isError)) return 'refused';
  const ruleSet = parsed.data;
  return caughtBy(
    () => goldens.some((golden) => differencesFrom(golden, planOf(golden, ruleSet)).length > 0),
    () => asText(factsOf(ruleSet)) !== facts,
  );
}

/** The rules with a layer over them, without the words on where each value came from. */
function rulesWith(layer: Layer): string {
  const { origins: _, ...rules } = applyLayer({ ...shippedRuleSet, origins: {} }, layer);
  return JSON.stringify(sorted({ ...rules, id: layer.id, level: layer.level, over: layer.over }));
}

const rulesOfLayers = new Map(shippedLayers.map((layer) => [layer.id, rulesWith(layer)]));

/** What catches a change of a shipped layer. */
export function judgeLayer(id: string, { changed }: Pick<Mutant, 'changed'>): Verdict {
  const parsed = layerSchema.safeParse(changed);
  if (!parsed.success || checkLayer(parsed.data, shippedRuleSet).some(isError)) return 'refused';
  const layer = parsed.data;
  if (rulesWith(layer) === rulesOfLayers.get(id)) return 'changes nothing';
  const layers = shippedLayers.map((each) => (each.id === id ? layer : each));
  return caughtBy(
    () => layered.some((golden) => differencesFrom(golden, planOf(golden, shippedRuleSet, layers)).length > 0),
    () => layer.id !== id || asText(factsWith(layer)) !== factsOfLayers.get(id),
  );
}
