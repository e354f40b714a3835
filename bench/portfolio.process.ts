/**
 * Re-plans a whole country's practices in this one process and prints what it took, as one line of JSON. Started by
 * `portfolio.ts`, so that the memory measured is that of this work alone.
 */
import { preparePlan } from '../rules/plan/planner.js';
import { planMigration } from '../rules/plan/planMigration.js';
import { movedAnchors, plainExample } from './examples.js';
import { practiceOrders } from './practices.js';

const practices = Number(process.argv[2]);
const { order, ruleSet, calendar, asOf } = await plainExample();
const orders = practiceOrders(order, practices);

const startMs = performance.now();
let milestones = 0;
/** By practice: the days of its milestones, which is what a re-plan leaves behind. */
const days = orders.map((each) => {
  const { plan } = planMigration(each, ruleSet, calendar, asOf);
  milestones += plan.milestones.length;
  return plan.milestones.map(({ dueOn }) => dueOn);
});
const ms = performance.now() - startMs;

const peakMegabytes = process.resourceUsage().maxRSS / 1024;

// After the clock has stopped: the first and the last practice as a planner of their own plans them.
const isRight = [0, practices - 1].every((index) => {
  const each = orders[index] ?? order;
  const plan = preparePlan(each, ruleSet, calendar).planOn(movedAnchors(each, 0), asOf);
  return plan.milestones.every(({ dueOn }, place) => days[index]?.[place] === dueOn);
});
console.log(JSON.stringify({ ms, peakMegabytes, milestones, isRight }));
