import { kept } from '../config/kept.js';
import { loadRuleSet } from '../config/loadRuleSet.js';
import { planFromOrderText, type LocatedProblem, type PlanWith } from '../config/planFromText.js';
import { todayInLondon } from '../config/today.js';
import type { Day } from '../rules/calendar/day.js';
import type { FileProblem } from '../rules/files/problem.js';
import type { Order } from '../rules/order/schema.js';
import { firstDayOf } from '../rules/rehearsal/firstDay.js';

export interface PlanOrderRequest {
  fileName: string;
  text: string;
  /** Today by default; in a rehearsal the day of the order, or of the last thing that it says is done already. */
  asOf?: Day;
  rehearsal: boolean;
}

/**
 * unreadable: the text is not an order, nothing can be planned. planned: it is one, and can start where it has no refusals.
 */
export type PlanOrderResult =
  | { kind: 'unreadable'; problems: FileProblem[] }
  | { kind: 'planned'; order: Order; asOf: Day; problems: LocatedProblem[]; refusals: LocatedProblem[] };

/** Plans an order to see what is wrong with it; the migration plans again for itself and records that. */
export type PlanOrder = (request: PlanOrderRequest) => Promise<PlanOrderResult>;

const given: PlanWith = { loadRuleSet: kept(loadRuleSet) };

/** With the rule sets, layers and calendars of the deployment. */
export const planOrder: PlanOrder = async ({ fileName, text, asOf, rehearsal }) => {
  const dayOf = (order: Order): Day => asOf ?? (rehearsal ? firstDayOf(order) : todayInLondon());
  const reading = await planFromOrderText(text, fileName, dayOf, given);
  if (!reading.ok) return { kind: 'unreadable', problems: reading.problems };
  const { order, asOf: judgedFrom, problems, refusals } = reading;
  return { kind: 'planned', order, asOf: judgedFrom, problems, refusals };
};
