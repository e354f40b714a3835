/**
 * One of the threads of `portfolio.process.ts`: plans every so many-th practice once it is told to. Before that it has planned a few
 * of them, as in the other rows, so that the compiling of the code is not what is timed.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { dayNumber } from '../rules/calendar/day.js';
import { planMigration } from '../rules/plan/planMigration.js';
import { plainExample } from './examples.js';
import { practiceOrders } from './practices.js';

const { practices, thread, threads } = z
  .object({ practices: z.number(), thread: z.number(), threads: z.number() })
  .parse(workerData);
const { order, ruleSet, calendar, asOf } = await plainExample();
const orders = practiceOrders(order, practices).filter((_, index) => index % threads === thread);

const WARM_UP = 500;

function planAll(some: typeof orders): number[] {
  const days: number[] = [];
  for (const each of some)
    for (const { dueOn } of planMigration(each, ruleSet, calendar, asOf).plan.milestones)
      days.push(dueOn === undefined ? -1 : dayNumber(dueOn));
  return days;
}

parentPort?.once('message', () => parentPort?.postMessage(planAll(orders).length));
planAll(orders.slice(0, WARM_UP));
parentPort?.postMessage('ready');
