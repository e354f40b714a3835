import type { Command } from 'commander';
import { apiCommand, askApi, step } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { CommitOptions } from '../redate/move.js';
import { withCommitOptions } from '../redate/moveOptions.js';

interface AmendOptions extends CommitOptions {
  file?: string;
  export?: true;
}

const MORE = `
The file is the whole order as it is to be: parties, products, contacts, notices, survey items, actions, sites, closures. Its days and
what it says is done do not count: days are moved by "leadtime redate", and what is done is said by "leadtime done". What was served to a
party that is gone is withdrawn. See docs/redate.md.

Examples:
  leadtime amend A12345 --export > order.yaml         the order as it stands, to be changed
  leadtime amend A12345 --file order.yaml --preview
  leadtime amend A12345 --file order.yaml --reason "the practice has a pharmacy now"

Exit code: 0 where the order is another, or could be; 1 where it cannot or a risk has to be accepted, 2 for wrong use or a file with
errors.`;

/** `leadtime amend ID --file ORDER`: shows what another order does to a running migration, and makes it the order. */
export function amendCommand(): Command {
  const command = apiCommand('amend', 'change the order of a running migration; shows first what that does');
  return withCommitOptions(command)
    .option('--file <order>', 'the order as it is to be (YAML)')
    .option('--export', 'print the order as it stands, and do nothing')
    .addHelpText('after', MORE)
    .action((id: string, options: AmendOptions) => amend(id, options));
}

async function amend(id: string, options: AmendOptions): Promise<void> {
  const { file } = options;
  if (options.export) await exported(id, options);
  else if (file === undefined)
    throw new CommandFailure('Name the order: --file ORDER. Or print it: --export.', WRONG_USE);
  else {
    const [{ readTextFile }, { planAnew }] = await Promise.all([
      import('../readTextFile.js'),
      import('../redate/move.js'),
    ]);
    const where = { fileName: file, text: await readTextFile(file, 'an order') };
    const way = { path: 'amend', question: 'Amend the order?', done: 'is amended' } as const;
    await planAnew(way, { id, where }, options);
  }
}

async function exported(id: string, options: AmendOptions): Promise<void> {
  const [{ stringify }, { orderAnswer }] = await Promise.all([import('yaml'), import('../../api/answers/redate.js')]);
  await askApi(options, async (api) => {
    const answer = await api.get(`/migrations/${step(id)}/order`);
    return { answer, text: stringify(orderAnswer.parse(answer).order).trimEnd() };
  });
}
