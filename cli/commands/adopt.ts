import type { Command } from 'commander';
import { apiCommand } from '../apiCommand.js';
import type { CommitOptions } from '../redate/move.js';
import { withCommitOptions } from '../redate/moveOptions.js';

interface AdoptOptions extends CommitOptions {
  rules?: true;
  calendar?: true;
}

const MORE = `
A running migration keeps the rules and the bank holidays that it was planned with. With --rules or --calendar it is refused where the
other has changed, too: a plan is made with what is in use, and with all of it. "leadtime calendar affected" lists whom it concerns.

Exit code: 0 where it is adopted, or could be; 1 where there is nothing to adopt, it cannot or a risk has to be accepted, 2 for wrong use.`;

/** `leadtime adopt ID`: shows what the rules and the calendar in use do to a running migration, and has it take them. */
export function adoptCommand(): Command {
  const command = apiCommand(
    'adopt',
    'have a running migration take the rules and the calendar in use; shows first what that does',
  );
  return withCommitOptions(command)
    .option('--rules', 'the rule set and its layers, and nothing else')
    .option('--calendar', 'the bank holidays, and nothing else')
    .addHelpText('after', MORE)
    .action((id: string, options: AdoptOptions) => adopt(id, options));
}

async function adopt(id: string, options: AdoptOptions): Promise<void> {
  const { rules, calendar } = options;
  const { planAnew } = await import('../redate/move.js');
  const what = rules === calendar ? 'all' : rules ? 'rules' : 'calendar';
  const way = { path: 'adopt', question: 'Adopt what is in use?', done: 'has adopted it' } as const;
  await planAnew(way, { id, where: { what } }, options);
}
