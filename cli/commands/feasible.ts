import { Command } from 'commander';
import type { LocatedProblem, PlannedOrder } from '../../config/planFromText.js';
import { ANSWER_IS_NO } from '../failure.js';
import { withRuleOptions, type RuleOptions } from '../plan/ruleOptions.js';

interface FeasibleOptions extends RuleOptions {
  asOf?: string;
  json?: true;
}

const EXIT_CODES = `
Exit code: 0 where everything that is open can still be started in time for the planned days, 1 where a latest start has passed,
also where the order accepts that risk, 2 for an order with errors, all of which are named with their lines.`;

/** `leadtime feasible ORDER`: whether the days hold, what decides it, and the earliest days that would do. */
export function feasibleCommand(): Command {
  return withRuleOptions(new Command('feasible'))
    .description('whether the days of an order hold, the chain that decides it, and the earliest days that would work')
    .argument('<order>', 'the order file')
    .option('--as-of <day>', 'judge what has passed as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'print JSON')
    .addHelpText('after', EXIT_CODES)
    .action((file: string, options: FeasibleOptions) => feasible(file, options));
}

async function feasible(file: string, { asOf, json, ...rules }: FeasibleOptions): Promise<void> {
  const { loadPlan, BadOrder } = await import('../plan/load.js');
  try {
    const planned = await loadPlan(file, asOf, undefined, rules);
    const holds = await printAnswer(planned, json === true);
    if (!holds) process.exitCode = ANSWER_IS_NO;
  } catch (error) {
    if (json && error instanceof BadOrder)
      process.stdout.write(`${JSON.stringify({ problems: error.problems }, null, 2)}\n`);
    throw error;
  }
}

async function printAnswer(planned: PlannedOrder, asJson: boolean): Promise<boolean> {
  const { feasibilityOf, feasibleLines } = await import('../plan/feasibleText.js');
  const { formatProblem } = await import('../../rules/files/problem.js');
  const feasibility = feasibilityOf(planned);
  const daysInTheWay = planned.problems.filter(isInTheWay);
  const warnings = daysInTheWay.map((problem) => `${problem.severity}: ${formatProblem(problem)}`);
  const lines = [...feasibleLines(planned).slice(1), ...(warnings.length > 0 ? ['', ...warnings] : [])];
  const text = asJson ? JSON.stringify({ feasibility, daysInTheWay }, null, 2) : lines.join('\n');
  process.stdout.write(`${text}\n`);
  return feasibility?.holds === true;
}

const codesInTheWay: readonly LocatedProblem['code'][] = [
  'anchor-in-blackout',
  'holder-closed-on-anchor',
  'anchor-not-worked',
  'window-without-working-day',
];

const isInTheWay = ({ code }: LocatedProblem): boolean => codesInTheWay.includes(code);
