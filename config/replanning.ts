import type { Order } from '../rules/order/schema.js';
import type { Replanning } from '../rules/migration/redate/preview.js';
import { replanningWith } from '../rules/migration/redate/replanning.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { kept } from './kept.js';
import { loadCalendar } from './loadCalendar.js';
import { loadRules } from './loadRules.js';
import { loadRuleSet } from './loadRuleSet.js';

/** @throws UnknownRuleSetError, RuleSetFileError, SameIdError, CalendarFileError */
export type Replan = (order: Order) => Promise<Replanning>;

/** Plans orders anew with the rule sets, layers and calendar of the deployment as they are now. */
export function createReplan(nowMs: () => number = Date.now): Replan {
  const ruleSets = kept<RuleSet>((id) => loadRuleSet(id), nowMs);
  const calendars = kept(() => loadCalendar(), nowMs);
  return async (order) => {
    const [ruleSet, calendar] = await Promise.all([ruleSets(order.ruleSet), calendars('in use')]);
    const { rules, problems } = await loadRules(order, { ruleSet });
    return replanningWith(rules, calendar, problems);
  };
}
