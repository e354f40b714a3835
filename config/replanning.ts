import type { Order } from '../rules/order/schema.js';
import type { Replanning } from '../rules/migration/redate/preview.js';
import { replanningWith } from '../rules/migration/redate/replanning.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { loadCalendar } from './loadCalendar.js';
import { loadRules } from './loadRules.js';
import { loadRuleSet } from './loadRuleSet.js';

/** So long what was read is taken for what is there: moving many migrations reads the files once. */
const KEPT_MS = 5_000;

/** @throws UnknownRuleSetError, RuleSetFileError, SameIdError, CalendarFileError */
export type Replan = (order: Order) => Promise<Replanning>;

/** What `load` gave at most a few seconds ago, else what it gives now; a failure is not kept. */
function kept<Value>(load: (key: string) => Promise<Value>, nowMs: () => number): (key: string) => Promise<Value> {
  const values = new Map<string, { atMs: number; value: Promise<Value> }>();
  return async (key) => {
    const known = values.get(key);
    if (known !== undefined && nowMs() - known.atMs < KEPT_MS) return known.value;
    const value = load(key);
    values.set(key, { atMs: nowMs(), value });
    try {
      return await value;
    } catch (error) {
      values.delete(key);
      throw error;
    }
  };
}

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
