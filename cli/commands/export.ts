import { Command } from 'commander';
import { withPortfolioFilters } from '../portfolioFilters.js';
import { ANSWER_IS_NO } from '../failure.js';
import type { ExportOptions } from '../export/run.js';

const EXIT_CODES = `
The columns are those that "leadtime import" reads: what is exported can be imported again. People's names and addresses are
in it, so keep it as you keep those.
Exit code: 0; 1 where a migration could not be asked and is missing, which is said on standard error.`;

/** `leadtime export`: the running migrations as a tracker spreadsheet. */
export function exportCommand(): Command {
  return withPortfolioFilters(new Command('export'))
    .description('running migrations as a tracker spreadsheet: their people, days, and what is done')
    .option('--columns <file>', 'what the columns mean (default: config/tracker/columns.yaml)')
    .addHelpText('after', EXIT_CODES)
    .action(async (options: ExportOptions) => {
      const { runExport } = await import('../export/run.js');
      if (!(await runExport(options))) process.exitCode = ANSWER_IS_NO;
    });
}
