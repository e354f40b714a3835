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
/** Without a limit, Node lets garbage lie as long as the machine has memory left, and that is what would be measured. */
const HEAP_MEGABYTES = 192;

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
      what: `re-plan of ${count} practices, ${dates} milestones`,
      ours: `${(ms / 1000).toFixed(2)} s`,
      rival: '-',
      goal: '< 1 s',
      isMet: ms < GOAL_MS,
    },
    {
      what: `its memory at its highest, ${HEAP_MEGABYTES} MB of it for the heap`,
      ours: `${peakMegabytes.toFixed(0)} MB`,
      rival: '-',
      goal: `< ${GOAL_MEGABYTES} MB`,
      isMet: peakMegabytes < GOAL_MEGABYTES,
    },
  ];
}

function replan(practices: number): z.infer<typeof answerSchema> {
  const file = fileURLToPath(new URL('./portfolio.process.js', import.meta.url));
  const args = [`--max-old-space-size=${HEAP_MEGABYTES}`, file, String(practices)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`re-planning ${practices} practices failed: ${stderr}`);
  return answerSchema.parse(JSON.parse(stdout));
}
