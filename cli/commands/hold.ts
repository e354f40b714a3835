import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';
import type { MoveOptions } from '../redate/move.js';
import { withMoveOptions } from '../redate/moveOptions.js';

interface HoldOptions extends JsonOption {
  by: string;
  reason: string;
}

/** `leadtime hold ID`: nothing is sent, and nothing becomes later. */
export function holdCommand(): Command {
  return apiCommand('hold', 'put a migration on hold: nothing is sent and nothing becomes later, until it is resumed')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .requiredOption('--reason <text>', 'why it waits')
    .option('--by <name>', 'who says so', currentUser())
    .action((id: string, options: HoldOptions) => hold(id, options));
}

async function hold(id: string, options: HoldOptions): Promise<void> {
  const { by, reason } = options;
  await askApi(options, async (api) => {
    const { holdAnswer } = await import('../../api/answers/redate.js');
    const answer = await api.post(`/migrations/${step(id)}/hold`, { by, reason });
    const { migrationId, on } = holdAnswer.parse(answer);
    return { answer, text: `${migrationId} is on hold since ${on}; "leadtime resume" goes on, with new days` };
  });
}

const MORE = `
A production day that came while the migration was on hold has to be said anew; the others may stay. What was late before is as late as
it was. See docs/redate.md.

Example:
  leadtime resume A12345 --to initialDataProduction=2027-03-18 --keep-distance --reason "the merger is through"

Exit code: 0 where it goes on, or could; 1 where it cannot or a risk has to be accepted, 2 for wrong use.`;

/** `leadtime resume ID --to ANCHOR=DAY`: goes on, with new days. */
export function resumeCommand(): Command {
  const command = apiCommand(
    'resume',
    'go on with a migration that is on hold, with new days; shows first what that does',
  );
  return withMoveOptions(command)
    .addHelpText('after', MORE)
    .action(async (id: string, options: MoveOptions) => {
      const { move } = await import('../redate/move.js');
      await move({ path: 'resume', question: 'Go on with these days?', done: 'goes on' }, id, options);
    });
}
