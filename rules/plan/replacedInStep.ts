/** What the number of a step took the place of, as the rules count for the party that it came from. */
import type { Replaced } from '../ruleset/applyLayer.js';
import { isEffective, rulesForId, type EffectiveRules } from '../ruleset/effective.js';
import { replacedBy } from '../ruleset/replaced.js';
import { isForParty } from '../ruleset/ruleSchema.js';
import type { RuleSet } from '../ruleset/schema.js';
import type { Plan, PlannedMilestone, Step } from './types.js';

/** @returns the newest first; nothing where the number is the rule set's own */
export function replacedInStep(
  { value, layer }: Step,
  milestone: PlannedMilestone,
  plan: Plan,
  rules: RuleSet | EffectiveRules,
): Replaced[] {
  if (value === undefined) return [];
  if (!isEffective(rules)) return replacedBy({ ...rules, origins: {} }, value, layer);
  return replacedBy(isOfMigration(value, rules) ? rules : rulesForId(rules, partyOf(milestone, plan)), value, layer);
}

/** The day of a rule for the whole migration is the same for everybody; notices, turnarounds and other days are a party's. */
function isOfMigration(value: string, { rules }: EffectiveRules): boolean {
  const [group, id] = value.split('.');
  const rule = group === 'rules' ? rules.find((each) => each.id === id) : undefined;
  return rule !== undefined && !isForParty(rule);
}

/**
 * The party that the steps are counted for. The authorisation and the confirmations have none, and take over the steps of the
 * first milestone that waits for them: then it is that milestone's.
 */
function partyOf({ partyId, steps }: PlannedMilestone, { milestones }: Plan): string | undefined {
  if (partyId !== undefined) return partyId;
  const all = JSON.stringify(steps);
  const lenders = milestones.filter(
    (other) => other.partyId !== undefined && other.steps.length > 0 && all.includes(listed(other.steps)),
  );
  return lenders.toSorted((a, b) => b.steps.length - a.steps.length)[0]?.partyId;
}

/** As JSON without the brackets around them, so that it can be found inside a longer list. */
const listed = (steps: readonly Step[]): string => JSON.stringify(steps).slice(1, -1);
