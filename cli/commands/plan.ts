import { Command } from 'commander';
import type { PlannedOrder } from '../../config/planFromText.js';
import { ANSWER_IS_NO } from '../failure.js';
import { withRuleOptions, type RuleOptions } from '../plan/ruleOptions.js';

interface PlanOptions extends RuleOptions {
  asOf?: string;
  json?: true;
}

const EXIT_CODES = `
Exit code: 0 where the migration could start, 1 where it would be refused because a latest start has passed, 2 for an order
with errors, all of which are named with their lines.`;

/** `leadtime plan ORDER`: the dated plan, its problems, and the earliest feasible day. */
export function planCommand(): Command {
  return withRuleOptions(new Command('plan'))
    .description('the dated plan of an order, its problems, and the earliest day that would work')
    .argument('<order>', 'the order file')
    .option('--as-of <day>', 'judge what has passed as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'print the whole plan as JSON')
    .addHelpText('after', EXIT_CODES)
    .action((file: string, options: PlanOptions) => plan(file, options));
}

async function plan(file: string, { asOf, json, ...rules }: PlanOptions): Promise<void> {
  const { loadPlan, BadOrder } = await import('../plan/load.js');
  try {
    const planned = await loadPlan(file, asOf, undefined, rules);
    const text = json ? await planJson(planned) : (await import('../plan/table.js')).planText(planned);
    process.stdout.write(`${text}\n`);
    if (planned.refusals.length > 0) process.exitCode = ANSWER_IS_NO;
  } catch (error) {
    if (json && error instanceof BadOrder)
      process.stdout.write(`${JSON.stringify({ wouldBeRefused: true, problems: error.problems }, null, 2)}\n`);
    throw error;
  }
}

async function planJson(planned: PlannedOrder): Promise<string> {
  const { plan: made, problems, refusals } = planned;
  const feasibility = (await import('../plan/feasibleText.js')).feasibilityOf(planned);
  const days = (feasibility?.earliest ?? []).flatMap(({ anchor, day }): [string, string][] =>
    day === undefined ? [] : [[anchor, day]],
  );
  return JSON.stringify(
    {
      wouldBeRefused: refusals.length > 0,
      problems,
      earliestFeasible: Object.fromEntries(days),
      feasibility,
      plan: made,
    },
    null,
    2,
  );
}
