import { Command } from 'commander';
import { withRuleOptions } from '../plan/ruleOptions.js';
import type { ShowOptions } from '../rules/show.js';

const CHECK_HELP = `
A layer is checked over the rule set that it names, or over the file given with --over.

Exit code: 0 where it can be used, 2 where not; every problem is named with its line.`;

const SHOW_HELP = `
Without --for the rule set is shown as it stands alone. With it every value is the one that counts for that order, with the
layer that it comes from, what it took the place of, and what other sources say.

Examples:
  leadtime rules show --for examples/rich.yaml
  leadtime rules show posters --for examples/rich.yaml
  leadtime rules show --rule-set my-region.yaml`;

/** `leadtime rules show` and `leadtime rules check`. */
export function rulesCommand(): Command {
  return new Command('rules')
    .description('the rules that dates come from: show them, check a file of them')
    .addCommand(showCommand())
    .addCommand(checkCommand());
}

function showCommand(): Command {
  return withRuleOptions(new Command('show'))
    .description('every rule as it counts, with the layer that it comes from and what is assumed')
    .argument('[rule]', 'only this rule')
    .option('--for <order>', 'as the rules count for this order')
    .option('--json', 'print JSON')
    .addHelpText('after', SHOW_HELP)
    .action(async (rule: string | undefined, options: ShowOptions) => {
      const { showRules } = await import('../rules/show.js');
      await showRules(rule, options);
    });
}

function checkCommand(): Command {
  return new Command('check')
    .description('check a rule set or a layer')
    .argument('<file>', 'the rule-set or layer file')
    .option('--over <file>', 'the rule-set file that a layer lies over, where it is not one that is in place')
    .option('--json', 'print JSON')
    .addHelpText('after', CHECK_HELP)
    .action(async (file: string, options: { over?: string; json?: true }) => {
      const { checkRulesFile } = await import('../rules/check.js');
      await checkRulesFile(file, options);
    });
}
