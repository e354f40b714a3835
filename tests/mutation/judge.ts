import { checkRuleSet } from '../../rules/ruleset/check.js';
import { ruleSetSchema, type RuleSet } from '../../rules/ruleset/schema.js';
import { factsOf, readFacts } from '../golden/facts.js';
import { differencesFrom, goldenNames, planOf, readGolden } from '../golden/goldens.js';
import type { Mutant } from './mutants.js';

/**
 * What caught a mutant: the schema or the checks of `rules check`, a golden plan, the hand-written facts, or nothing. Where the
 * checks let one pass that no plan can be made from, it breaks the planner: a hole in the checks.
 */
export type Verdict = 'refused' | 'a plan differs' | 'a fact differs' | 'breaks the planner' | 'survives';

export const uncaught: readonly Verdict[] = ['breaks the planner', 'survives'];

// Those with rungs first: most mutants are caught there.
const goldens = goldenNames
  .map(readGolden)
  .toSorted((a, b) => Number(b.expected.rungs !== undefined) - Number(a.expected.rungs !== undefined));

const facts = JSON.stringify(sorted(readFacts()));

/** The same values with their keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}

function someFactDiffers(ruleSet: RuleSet): boolean {
  return JSON.stringify(sorted(factsOf(ruleSet))) !== facts;
}

/** Stops at the first plan that differs. */
function somePlanDiffers(ruleSet: RuleSet): boolean {
  return goldens.some((golden) => differencesFrom(golden, planOf(golden, ruleSet)).length > 0);
}

export function judge({ ruleSet }: Mutant): Verdict {
  const parsed = ruleSetSchema.safeParse(ruleSet);
  if (!parsed.success || checkRuleSet(parsed.data).length > 0) return 'refused';
  try {
    if (somePlanDiffers(parsed.data)) return 'a plan differs';
  } catch {
    return 'breaks the planner';
  }
  return someFactDiffers(parsed.data) ? 'a fact differs' : 'survives';
}
