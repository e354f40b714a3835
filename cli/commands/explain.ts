import { Command } from 'commander';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { withRuleOptions, type RuleOptions } from '../plan/ruleOptions.js';

interface ExplainOptions extends RuleOptions {
  asOf?: string;
  json?: true;
}

/** `leadtime explain ORDER MILESTONE`: how one date came about. */
export function explainCommand(): Command {
  return withRuleOptions(new Command('explain'))
    .description('how one date of a plan came about, day by day')
    .argument('<order>', 'the order file')
    .argument('<milestone>', 'a milestone as leadtime plan prints it, like notify.eps')
    .option('--as-of <day>', 'plan as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'print JSON')
    .action((file: string, milestoneId: string, options: ExplainOptions) => explain(file, milestoneId, options));
}

async function explain(file: string, milestoneId: string, { asOf, json, ...rules }: ExplainOptions): Promise<void> {
  const { loadPlan } = await import('../plan/load.js');
  const { explainMilestone } = await import('../../rules/plan/explain.js');
  const { plan, ruleSet } = await loadPlan(file, asOf, undefined, rules);
  const milestone = plan.milestones.find(({ id }) => id === milestoneId);
  if (milestone === undefined) {
    const { nearest } = await import('../../rules/text/nearest.js');
    const close = nearest(
      milestoneId,
      plan.milestones.map(({ id }) => id),
    ).join(', ');
    throw new CommandFailure(`this plan has no milestone "${milestoneId}"; did you mean ${close}?`, WRONG_USE);
  }
  const explanation = explainMilestone(plan, ruleSet, milestone);
  const text = json
    ? JSON.stringify(explanation, null, 2)
    : (await import('../plan/explanation.js')).explanationText(explanation);
  process.stdout.write(`${text}\n`);
}
