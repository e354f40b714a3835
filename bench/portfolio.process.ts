/**
 * Re-plans a whole country's practices in this one process and prints what it took, as one line of JSON:
 * `portfolio.process.js PRACTICES`. Started by `portfolio.ts`, so that the memory measured is that of this work alone.
 *
 * The orders, the rules and the calendar are read before the clock starts; what is left at the end are the days of every
 * milestone.
 */
import { dayNumber } from '../rules/calendar/day.js';
import { planMigration } from '../rules/plan/planMigration.js';
import { plainExample } from './examples.js';
import { practiceOrders } from './practices.js';

const { order, ruleSet, calendar, asOf } = await plainExample();
const orders = practiceOrders(order, Number(process.argv[2]));

const startMs = performance.now();
const days: number[] = [];
for (const each of orders)
  for (const { dueOn } of planMigration(each, ruleSet, calendar, asOf).plan.milestones)
    days.push(dueOn === undefined ? -1 : dayNumber(dueOn));
const ms = performance.now() - startMs;

console.log(JSON.stringify({ ms, milestones: days.length, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
