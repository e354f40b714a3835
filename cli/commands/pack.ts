import { Command } from 'commander';
import { withRuleOptions } from '../plan/ruleOptions.js';
import type { PackOptions } from '../pack/pack.js';

const CONTENTS = `
index.html links what is in the folder: plan.html and contacts.html (to print on A4), meeting.html (agenda and actions of the
weekly meeting), a poster for patients for each site, website.txt and online-message.txt, and calendar.ics for any calendar
program. The same order as of the same day gives the same files.

Exit code: 0; 2 for an order with errors, or a folder that is not empty.

Example:
  leadtime pack examples/plain.yaml --to kick-off --as-of 2026-10-20`;

/** `leadtime pack ORDER`: what a project manager takes to the kick-off meeting. */
export function packCommand(): Command {
  return withRuleOptions(new Command('pack'))
    .description('write the kick-off pack: plan, contacts, agenda, posters, texts for patients, calendar file')
    .argument('<order>', 'the order file')
    .option('--to <folder>', 'where to write it (default: pack-ODSCODE-DAY here)')
    .option('--as-of <day>', 'judge what has passed as of this day, YYYY-MM-DD (default: today)')
    .option('--force', 'write into a folder that is not empty')
    .option('--json', 'print what was written as JSON')
    .addHelpText('after', CONTENTS)
    .action(async (file: string, options: PackOptions) => {
      const { writeKickOffPack } = await import('../pack/pack.js');
      await writeKickOffPack(file, options);
    });
}
