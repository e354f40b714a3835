import type { CalendarData } from '../calendar/data.js';
import type { Day } from '../calendar/day.js';
import type { Directory } from '../migration/state.js';
import type { Order } from '../order/schema.js';
import type { RuleSet } from '../ruleset/schema.js';
import { preparePlan } from './planner.js';
import type { Plan } from './types.js';

export interface PlannedMigration {
  plan: Plan;
  directory: Directory;
}

/**
 * Every dated milestone of a migration and every problem with it, from plain data alone: the same arguments give the same
 * plan, on every machine and in every time zone.
 *
 * @param ruleSet checked by `checkRuleSet`
 * @param asOf the day from which "already passed" is judged, and on which the migration starts
 */
export function planMigration(order: Order, ruleSet: RuleSet, calendar: CalendarData, asOf: Day): PlannedMigration {
  const planner = preparePlan(order, ruleSet, calendar);
  return { plan: planner.planOn(order.anchors, asOf), directory: planner.directory };
}
