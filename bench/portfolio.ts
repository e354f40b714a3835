/** Re-planning the migrations of all practices in England, in one process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { PlannedOrder } from '../config/planFromText.js';
import { planMigration } from '../rules/plan/planMigration.js';
import { practiceOrders } from './practices.js';
import { checkWorks } from './replanning/replanning.js';
import { datingWorkOf } from './replanning/tasks.js';
import type { Row } from './report.js';

const GOAL_MS = 1_000;
const GOAL_MEGABYTES = 300;

const answerSchema = z.object({ ms: z.number(), milestones: z.number(), peakMegabytes: z.number() });

/** The first practices, each by itself, against date-fns and luxon. @throws MismatchError */
export function checkPractices({ order, ruleSet, calendar, directory, asOf }: PlannedOrder, practices: number): void {
  for (const each of practiceOrders(order, practices)) {
    const { plan } = planMigration(each, ruleSet, calendar, asOf);
    checkWorks([datingWorkOf(plan, ruleSet, directory)], plan.workingTime);
  }
}

export function measurePortfolio(practices: number): Row[] {
  const { ms, milestones, peakMegabytes } = replan(practices);
  const [count, dates] = [practices, milestones].map((each) => each.toLocaleString('en-GB'));
  return [
    {
      what: `re-plan of ${count} practices, ${dates} milestones, on two threads`,
      ours: `${(ms / 1000).toFixed(2)} s`,
      rival: '-',
      goal: '< 1 s',
      isMet: ms < GOAL_MS,
    },
    {
      what: 'the memory of that process at its highest',
      ours: `${peakMegabytes.toFixed(0)} MB`,
      rival: '-',
      goal: `< ${GOAL_MEGABYTES} MB`,
      isMet: peakMegabytes < GOAL_MEGABYTES,
    },
  ];
}

function replan(practices: number): z.infer<typeof answerSchema> {
  const file = fileURLToPath(new URL('./portfolio.process.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, String(practices)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`re-planning ${practices} practices failed: ${stderr}`);
  return answerSchema.parse(JSON.parse(stdout));
}
