import type { Command } from 'commander';
import { apiCommand } from '../apiCommand.js';
import type { MoveOptions } from '../redate/move.js';
import { withMoveOptions } from '../redate/moveOptions.js';

const MORE = `
A day is provisional until somebody confirms it, unless you say --confirmed. Notices and requests that name a day which moves go out
anew; what else people have done stays done. See docs/redate.md.

Examples:
  leadtime redate A12345 --to initialDataProduction=2027-02-18 --keep-distance --preview
  leadtime redate A12345 --shift -5workingDays --confirmed --reason "agreed with the supplier"

Exit code: 0 where the days have moved, or could; 1 where they cannot or a risk has to be accepted, 2 for wrong use.`;

/** `leadtime redate ID --to ANCHOR=DAY`: shows what a move of days does, and makes it. */
export function redateCommand(): Command {
  const command = apiCommand('redate', 'move the days of a running migration; shows what that does before it does it');
  return withMoveOptions(command)
    .addHelpText('after', MORE)
    .action(async (id: string, options: MoveOptions) => {
      const { move } = await import('../redate/move.js');
      await move({ path: 'redate', question: 'Move these days?', done: 'has moved' }, id, options);
    });
}
