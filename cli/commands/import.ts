import { Command } from 'commander';
import { ANSWER_IS_NO } from '../failure.js';
import type { ImportOptions } from '../import/run.js';

const EXIT_CODES = `
Nothing is started: look at the orders, then start them with "leadtime bulk start FOLDER". docs/import.md has an example.
Exit code: 0 where every line is an order, 1 where --only-good left some out, 2 where nothing was written: every fault is
named with its line and column.`;

/** `leadtime import TRACKER`: a tracker spreadsheet becomes orders, with what is done in each. */
export function importCommand(): Command {
  return new Command('import')
    .description('make orders of a tracker spreadsheet, with what is done in each practice')
    .argument('<tracker>', 'the spreadsheet, saved as CSV: one line for each practice')
    .requiredOption('--template <file>', 'an order without what the tracker says: what is the same for every practice')
    .option('--columns <file>', 'what the columns mean (default: config/tracker/columns.yaml)')
    .option('--out <folder>', 'where the orders are written; it must not be there, or be empty')
    .option('--dry-run', 'only say what would be written')
    .option('--only-good', 'write the orders of the lines that are right, and say which are not')
    .option('--done-before <day>', 'take what the tracker does not follow, and was due before this day, as done')
    .option('--as-of <day>', 'judge what has passed as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'print what came of it as JSON')
    .addHelpText('after', EXIT_CODES)
    .action(async (tracker: string, options: ImportOptions) => {
      const { runImport } = await import('../import/run.js');
      if (!(await runImport(tracker, options))) process.exitCode = ANSWER_IS_NO;
    });
}
