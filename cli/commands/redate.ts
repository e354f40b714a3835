import type { Command } from 'commander';
import { apiCommand } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { MoveOptions } from '../redate/move.js';
import { withMoveOptions } from '../redate/moveOptions.js';

const MORE = `
A day is provisional until somebody confirms it, unless you say --confirmed. Notices and requests that name a day which moves go out
anew; what else people have done stays done. Practices that share an instance move together. See docs/redate.md and docs/linked.md.

Examples:
  leadtime redate A12345 --to initialDataProduction=2027-02-18 --keep-distance --preview
  leadtime redate --file moves.csv --keep-distance --dry-run
  leadtime redate A12345 --shift -5workingDays --confirmed --reason "agreed with the supplier"

Exit code: 0 where the days have moved, or could; 1 where they cannot or a risk has to be accepted, 2 for wrong use.`;

interface FileOptions {
  file?: string;
  dryRun?: true;
  /** False with `--no-wait`. */
  wait: boolean;
}

/** Every practice of a file, each with days of its own. */
async function moveMany(id: string | undefined, options: MoveOptions & FileOptions & { file: string }): Promise<void> {
  const { file, to, shift, preview, dryRun } = options;
  if (id !== undefined || shift !== undefined || to.length > 0)
    throw new CommandFailure('--file says which migrations and where to: leave out ID, --to and --shift.', WRONG_USE);
  const [{ redateRows }, { runBulk }] = await Promise.all([import('../bulk/rows.js'), import('../bulk/run.js')]);
  const isDry = dryRun ?? preview;
  await runBulk({ redate: await redateRows(file, options) }, { ...options, ...(isDry && { dryRun: isDry }) });
}

/** `leadtime redate ID --to ANCHOR=DAY`: shows what a move of days does, and makes it. */
export function redateCommand(): Command {
  const command = apiCommand('redate', 'move the days of a running migration; shows what that does before it does it');
  return withMoveOptions(command, '[id]')
    .option('--only-this', 'leave the other practices on its instance where they are; else they move, too')
    .option('--file <file>', 'many practices: CSV with the columns practice, anchor, date, reason; confirmed')
    .option('--dry-run', 'with --file: ask each migration what would happen, and change nothing')
    .option('--no-wait', 'with --file: do not wait for the end')
    .addHelpText('after', MORE)
    .action(async (id: string | undefined, options: MoveOptions & FileOptions) => {
      if (options.file !== undefined) return moveMany(id, { ...options, file: options.file });
      if (id === undefined) throw new CommandFailure('Say which migration, or --file FILE for many.', WRONG_USE);
      const { move } = await import('../redate/move.js');
      await move({ path: 'redate', question: 'Move these days?', done: 'has moved' }, id, options);
    });
}
