import type { CalendarData } from '../calendar/data.js';
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import type { Order } from '../order/schema.js';
import type { EffectiveRules } from '../ruleset/effective.js';
import type { RuleSet } from '../ruleset/schema.js';
import { preparePlan } from './planner.js';
import type { Plan, Problem } from './types.js';

export interface PlannedMigration {
  plan: Plan;
  directory: Directory;
}

/**
 * Every dated milestone of a migration and every problem with it, from plain data alone: the same arguments give the same
 * plan, on every machine and in every time zone.
 *
 * @param rules a rule set, or with its layers over it as `effectiveRules` makes it; checked by `checkRuleSet` and `checkLayer`
 * @param asOf the day from which "already passed" is judged, and on which the migration starts
 */
export function planMigration(
  order: Order,
  rules: RuleSet | EffectiveRules,
  calendar: CalendarData,
  asOf: Day,
): PlannedMigration {
  const planner = preparePlan(order, rules, calendar);
  return { plan: planner.planOn(order.anchors, asOf), directory: planner.directory };
}

/** The same with problems that were found before it was planned, first. */
export function withProblems(planned: PlannedMigration, problems: readonly Problem[]): PlannedMigration {
  if (problems.length === 0) return planned;
  return { ...planned, plan: { ...planned.plan, problems: [...problems, ...planned.plan.problems] } };
}
