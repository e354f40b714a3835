import { Command, Option } from 'commander';
import { withRuleOptions } from '../plan/ruleOptions.js';
import type { RehearseOptions } from '../rehearse/rehearse.js';

const EXPLANATION = `
Without --events nobody does anything (--nobody), so everything that can be reminded of and escalated is. Nothing is sent and
no server is needed. An events file is described in docs/rehearsing.md; examples/events holds some.

Exit code: 0; 1 where an event was refused, or something could not be proved; 2 for a file with errors, each at its line.

Examples:
  leadtime rehearse examples/plain.yaml
  leadtime rehearse examples/plain.yaml --events examples/events/plain-wrong-day.yaml --mails
  leadtime rehearse examples/rich.yaml --prove`;

/** `leadtime rehearse ORDER`: the whole migration in virtual time, with every wake, mail, escalation and change. */
export function rehearseCommand(): Command {
  const scenario = (flags: string, description: string, others: string[]): Option =>
    new Option(flags, description).conflicts(others);
  return withRuleOptions(new Command('rehearse'))
    .description('run the whole migration in virtual time and print everything that happens')
    .argument('<order>', 'the order file')
    .addOption(scenario('--events <file>', 'what happens from outside, and when (YAML)', ['nobody', 'early', 'prove']))
    .addOption(scenario('--nobody', 'nobody does anything (the default)', ['early', 'prove']))
    .addOption(scenario('--early', 'everybody does their part before anybody has to be reminded', ['prove']))
    .addOption(
      scenario('--prove', 'prove that every reminder goes out where it is needed, and none where not', ['mails']),
    )
    .option('--mails', 'print every mail in full, as its reader sees it')
    .option('--as-of <day>', 'the first day, YYYY-MM-DD (default: the day of the order, or of the last thing done)')
    .option('--json', 'print one JSON document')
    .addHelpText('after', EXPLANATION)
    .action(async (file: string, options: RehearseOptions) => {
      const { rehearse } = await import('../rehearse/rehearse.js');
      await rehearse(file, options);
    });
}
