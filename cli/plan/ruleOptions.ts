import type { Command } from 'commander';

/** Files of rules to try before they are put in their place. */
export interface RuleOptions {
  ruleSet?: string;
  layer: string[];
}

/** Adds `--rule-set` and `--layer`. */
export function withRuleOptions(command: Command): Command {
  return command
    .option('--rule-set <file>', 'use this rule set, a file or an id, instead of the one that the order names')
    .option(
      '--layer <file>',
      'lay this layer file over the rules, beside those that the order names; can be given again',
      (file: string, earlier: string[]) => [...earlier, file],
      [],
    );
}
