import { Command } from 'commander';
import type { CheckOptions } from '../calendar/check.js';
import type { UpdateOptions } from '../calendar/update.js';

const CHECK_HELP = `
Without FILE the calendar in use is checked: the one that LEADTIME_CALENDAR names, else the one that ships.

Exit code: 0 where it can be relied on, 1 where there is a warning or the plan of the order reaches outside, 2 for a file
that is no calendar or an order with errors.`;

const UPDATE_HELP = `
The new calendar keeps the days before the list's first year as they were known. Nothing is written without --yes, and no
file is ever overwritten. Point LEADTIME_CALENDAR at the new file for commands, API and worker to use it.

Exit code: 0 where nothing has changed or the new calendar was written, 1 where there are changes that were not written or
the list could not be fetched, 2 for a list that cannot be used.

Examples:
  leadtime calendar update                                  fetch the official list and show what it changes
  leadtime calendar update --yes                            and write the new calendar to the data folder
  leadtime calendar update --from bank-holidays.json        from a file, where this machine has no way out`;

/** `leadtime calendar check` and `leadtime calendar update`: the bank holidays that everything is counted with. */
export function calendarCommand(): Command {
  return new Command('calendar')
    .description('the bank holidays that everything is counted with: check them, fetch new ones, see whom they concern')
    .addCommand(checkCommand())
    .addCommand(updateCommand())
    .addCommand(affectedCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description('how far the calendar reaches, where it comes from, and what is unusual about it')
    .argument('[file]', 'a calendar file')
    .option('--for <order>', 'say whether the plan of this order lies within the calendar')
    .option('--as-of <day>', 'judge the horizon as of this day, YYYY-MM-DD (default: today)')
    .option('--json', 'print JSON')
    .addHelpText('after', CHECK_HELP)
    .action(async (file: string | undefined, options: CheckOptions) => {
      const { checkCalendar } = await import('../calendar/check.js');
      await checkCalendar(file, options);
    });
}

function updateCommand(): Command {
  return new Command('update')
    .description('fetch the official bank holidays, check them, and show what they change')
    .option('--from <source>', 'the list: an https address or a file (default: https://www.gov.uk/bank-holidays.json)')
    .option(
      '--to <file>',
      'where to write the new calendar (default: calendars in the data folder, named by its version)',
    )
    .option('--yes', 'write the new calendar')
    .option('--as-of <day>', 'the day on which the list is taken, YYYY-MM-DD (default: today)')
    .option('--json', 'print JSON')
    .addHelpText('after', UPDATE_HELP)
    .action(async (options: UpdateOptions) => {
      const { updateCalendar } = await import('../calendar/update.js');
      await updateCalendar(options);
    });
}

function affectedCommand(): Command {
  return new Command('affected')
    .description('which running migrations the calendar and the rules in use would move, and how many of their days')
    .option('--rehearsals', 'look at rehearsals too')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code: 0 where all could be asked, 1 where leadtime does not run.')
    .action(async (options: { rehearsals?: true; json?: true }) => {
      const { listAffected } = await import('../calendar/affected.js');
      await listAffected(options);
    });
}
