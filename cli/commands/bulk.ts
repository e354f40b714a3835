import { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';
import type { BulkOptions } from '../bulk/run.js';

const MORE = `
An operation goes on by itself once it is asked for: through a worker that is killed, and when you press Ctrl-C. Nothing begins where
a line of the file is wrong; what a migration refuses does not hold up the others. A file has at most 10,000 lines and 4 MiB. See
docs/bulk.md.

Examples:
  leadtime bulk start orders/ --dry-run
  leadtime bulk done --file done.csv
  leadtime bulk repeat k3v9qa7xyz

Exit code: 0 where every row is done, 1 where some failed or it was stopped, 2 for a file that cannot be used.`;

/** The options of everything that begins or repeats. */
export const withBulkOptions = (command: Command): Command =>
  command
    .option('--by <name>', 'who asks; every migration’s audit trail shows it', currentUser())
    .option('--no-wait', 'do not wait for the end');

const asking = (name: string, description: string): Command =>
  withBulkOptions(apiCommand(name, description)).option(
    '--dry-run',
    'ask each migration what would happen, and change nothing',
  );

const FILE = '--file <file>';

const startCommand = (): Command =>
  asking('start', 'start the migrations of order files')
    .argument('<orders...>', 'order files (YAML), or folders of them')
    .option('--as-of <day>', 'judge "already passed" from that day instead of today, YYYY-MM-DD')
    .action(async (places: string[], { asOf, ...options }: BulkOptions & { asOf?: string }) => {
      const [{ startRows }, { runBulk }] = await Promise.all([import('../bulk/orders.js'), import('../bulk/run.js')]);
      await runBulk({ start: await startRows(places, asOf) }, options);
    });

const doneCommand = (): Command =>
  asking('done', 'record that milestones are done')
    .requiredOption(FILE, 'CSV with the columns practice, milestone; date, reference, forDate, outcome, signedBy')
    .action(async ({ file, ...options }: BulkOptions & { file: string }) => {
      const [{ doneRows }, { runBulk }] = await Promise.all([import('../bulk/rows.js'), import('../bulk/run.js')]);
      await runBulk({ done: await doneRows(file) }, options);
    });

const cancelCommand = (): Command =>
  asking('cancel', 'call migrations off')
    .requiredOption(FILE, 'CSV with the columns practice, reason')
    .option('--reason <text>', 'for the lines that say none')
    .action(async ({ file, reason, ...options }: BulkOptions & { file: string; reason?: string }) => {
      const [{ cancelRows }, { runBulk }] = await Promise.all([import('../bulk/rows.js'), import('../bulk/run.js')]);
      await runBulk({ cancel: await cancelRows(file, reason === undefined ? {} : { reason }) }, options);
    });

interface AdoptOptions extends BulkOptions {
  file: string;
  reason?: string;
  rules?: true;
  calendar?: true;
  acceptRisks?: true;
}

const adoptCommand = (): Command =>
  asking('adopt', 'have running migrations take the rules and the calendar in use')
    .requiredOption(FILE, 'CSV with the columns practice, reason')
    .option('--reason <text>', 'for the lines that say none')
    .option('--rules', 'the rule set and its layers, and nothing else')
    .option('--calendar', 'the bank holidays, and nothing else')
    .option('--accept-risks', 'take on the risks of the plans')
    .action(async ({ file, reason, rules, calendar, acceptRisks, ...options }: AdoptOptions) => {
      const [{ adoptRows }, { runBulk }] = await Promise.all([import('../bulk/rows.js'), import('../bulk/run.js')]);
      const what = rules === calendar ? 'all' : rules ? 'rules' : 'calendar';
      const said = { what, ...(reason !== undefined && { reason }), ...(acceptRisks && { acceptRisks }) } as const;
      await runBulk({ adopt: await adoptRows(file, said) }, options);
    });

const statusCommand = (): Command =>
  apiCommand('status', 'how far an operation is, and what failed')
    .argument('<id>')
    .option('--wait', 'watch it until it has ended')
    .action(async (id: string, options: JsonOption & { wait?: true }) =>
      (await import('../bulk/run.js')).showBulk(id, options),
    );

const rowsCommand = (): Command =>
  apiCommand('rows', 'how every row came out')
    .argument('<id>')
    .action(async (id: string, options: JsonOption) => {
      const { allRows, rowsTable } = await import('../bulk/report.js');
      await askApi(options, async (api) => {
        const rows = await allRows(api, id);
        return { answer: rows, text: rowsTable(rows) };
      });
    });

const listCommand = (): Command =>
  apiCommand('list', 'operations, the newest first').action(async (options: JsonOption) => {
    const { bulksText } = await import('../bulk/listText.js');
    await askApi(options, async (api) => {
      const answer = await api.get('/bulk');
      return { answer, text: bulksText(answer) };
    });
  });

const repeatCommand = (): Command =>
  withBulkOptions(apiCommand('repeat', 'do what failed or was not reached'))
    .argument('<id>')
    .action(async (id: string, options: BulkOptions) => (await import('../bulk/run.js')).repeatBulk(id, options));

const stopCommand = (): Command =>
  apiCommand('stop', 'begin nothing new; what is on its way is finished')
    .argument('<id>')
    .option('--by <name>', 'who stops it, for the audit trail', currentUser())
    .action(async (id: string, { by, ...options }: JsonOption & { by: string }) => {
      await askApi(options, async (api) => ({
        answer: await api.post(`/bulk/${step(id)}/stop`, { by }),
        text: `${id} stops. What is left is done with "leadtime bulk repeat ${id}".`,
      }));
    });

/** `leadtime bulk`: one thing done to many practices. */
export function bulkCommand(): Command {
  return new Command('bulk')
    .description('one thing done to many practices: start, done, cancel, adopt; see also redate --file')
    .addHelpText('after', MORE)
    .addCommand(startCommand())
    .addCommand(doneCommand())
    .addCommand(cancelCommand())
    .addCommand(adoptCommand())
    .addCommand(statusCommand())
    .addCommand(rowsCommand())
    .addCommand(listCommand())
    .addCommand(repeatCommand())
    .addCommand(stopCommand());
}
