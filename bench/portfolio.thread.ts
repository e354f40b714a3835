/** One of the threads of `portfolio.process.ts`: plans every so many-th practice each time that it is told to. */
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { planMigration } from '../rules/plan/planMigration.js';
import { exampleNames, exampleOf } from './examples.js';
import { practiceOrders } from './practices.js';

const { example, practices, thread, threads } = z
  .object({ example: z.enum(exampleNames), practices: z.number(), thread: z.number(), threads: z.number() })
  .parse(workerData);
const { order, ruleSet, calendar, asOf } = await exampleOf(example);
const orders = practiceOrders(order, practices).filter((_, index) => index % threads === thread);

parentPort?.on('message', () => {
  // Every day is read, so that none of the work could be left out.
  let dated = 0;
  for (const each of orders)
    for (const { dueOn } of planMigration(each, ruleSet, calendar, asOf).plan.milestones)
      if (dueOn !== undefined) dated += 1;
  parentPort?.postMessage(dated);
});
parentPort?.postMessage(0);
