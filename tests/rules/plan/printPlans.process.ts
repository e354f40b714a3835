/**
 * Prints the plans of the examples, on their own days and around both clock changes, one line of JSON each, after a first line
 * with this process's own offset from UTC on 1 July 2027: `TZ=ZONE node --import tsx printPlans.process.ts`.
 */
import { loadCalendar } from '../../../config/loadCalendar.js';
import { addDays } from '../../../rules/calendar/day.js';
import { preparePlan } from '../../../rules/plan/planner.js';
import { exampleOrder, shippedRuleSet } from '../../support/examples.js';

const calendar = await loadCalendar();
const ruleSet = shippedRuleSet();

console.log(new Date(2027, 6, 1).getTimezoneOffset());
for (const name of ['plain', 'rich', 'mid-flight']) {
  const order = exampleOrder(name);
  const planner = preparePlan(order, ruleSet, calendar);
  for (const days of [0, 60, 150, 240]) {
    const anchors = structuredClone(order.anchors);
    for (const anchor of Object.values(anchors)) if (anchor !== undefined) anchor.on = addDays(anchor.on, days);
    console.log(JSON.stringify(planner.planOn(anchors, order.orderedOn)));
  }
}
