import type { CalendarData } from '../../calendar/data.js';
import { feasibleDays } from '../../plan/feasibleDays.js';
import { planMigration, withProblems } from '../../plan/planMigration.js';
import type { Problem } from '../../plan/types.js';
import { effectiveRules, isEffective, type EffectiveRules } from '../../ruleset/effective.js';
import type { RuleSet } from '../../ruleset/schema.js';
import type { Replanning } from './preview.js';

/**
 * Plans orders with these rules and this calendar. Outside a migration alone: inside one there are only recorded plans.
 *
 * @param found problems of the order's layers, found when they were read; each plan has them, too
 */
export function replanningWith(
  rules: RuleSet | EffectiveRules,
  calendar: CalendarData,
  found: readonly Problem[] = [],
): Replanning {
  return {
    planOf: (order, asOf) => withProblems(planMigration(order, rules, calendar, asOf), found).plan,
    feasibleOf: (order, { milestones, workingTime }, asOf) => {
      const ruleSet = isEffective(rules) ? rules : effectiveRules(rules, [], order);
      return feasibleDays({ order, ruleSet, milestones, workingTime, asOf });
    },
  };
}
