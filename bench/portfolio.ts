/** Re-planning the migrations of all practices in England, in one process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { planMigration } from '../rules/plan/planMigration.js';
import type { Example, ExampleName } from './examples.js';
import { practiceOrders } from './practices.js';
import { checkWorks } from './replanning/replanning.js';
import { datingWorkOf } from './replanning/tasks.js';
import type { Row } from './report.js';
import { median } from './timing.js';

const GOAL_MS = 1_000;
const GOAL_MEGABYTES = 300;

/**
 * Without it, Node once in a while decides that reminders live long, puts every one of them where only a big garbage
 * collection finds it, and spends half of its time on those.
 */
const settings = ['--no-allocation-site-pretenuring'];

const answerSchema = z.object({
  rounds: z.array(z.object({ ms: z.number(), milestones: z.number() })),
  peakMegabytes: z.number(),
});

/** The first practices, each by itself, against date-fns and luxon. @throws MismatchError */
export function checkPractices({ order, ruleSet, calendar, directory, asOf }: Example, practices: number): void {
  for (const each of practiceOrders(order, practices)) {
    const { plan } = planMigration(each, ruleSet, calendar, asOf);
    checkWorks([datingWorkOf(plan, ruleSet, directory)], plan.workingTime);
  }
}

/** Three rows: as the process has just started, once it has planned before, and its memory. */
export function measurePortfolio(example: ExampleName, practices: number): Row[] {
  const { rounds, peakMegabytes } = replan(example, practices);
  const [first, ...later] = rounds;
  const [count, dates] = [practices, first?.milestones ?? 0].map((each) => each.toLocaleString('en-GB'));
  const what = `${count} practices, ${dates} milestones, two threads`;
  return [
    timeRow(`${what}: first time`, first?.ms ?? Number.NaN),
    timeRow(`${what}: again`, median(later.map(({ ms }) => ms))),
    {
      what: 'the memory of that process at its highest',
      ours: `${peakMegabytes.toFixed(0)} MB`,
      rival: '-',
      goal: `< ${GOAL_MEGABYTES} MB`,
      isMet: peakMegabytes < GOAL_MEGABYTES,
    },
  ];
}

const timeRow = (what: string, ms: number): Row => ({
  what,
  ours: `${(ms / 1000).toFixed(2)} s`,
  rival: '-',
  goal: '< 1 s',
  isMet: ms < GOAL_MS,
});

function replan(example: ExampleName, practices: number): z.infer<typeof answerSchema> {
  const file = fileURLToPath(new URL('./portfolio.process.js', import.meta.url));
  const args = [...settings, file, example, String(practices)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`re-planning ${practices} practices failed: ${stderr}`);
  return answerSchema.parse(JSON.parse(stdout));
}
