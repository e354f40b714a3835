import { Option, type Command } from 'commander';
import { ratings } from '../../rules/portfolio/standing.js';
import { apiCommand, askApi, given, type JsonOption } from '../apiCommand.js';

interface ListOptions extends JsonOption {
  status?: string;
  rating?: string;
  overdue?: true;
  phase?: string;
  search?: string;
  source?: string;
  target?: string;
  instance?: string;
  icb?: string;
  owner?: string;
  heldBy?: string;
  rehearsals?: true;
  limit?: string;
  csv?: true;
}

/** `leadtime list`: migrations by next deadline. */
export function listCommand(): Command {
  return apiCommand('list', 'migrations, the next deadline first')
    .addOption(new Option('--status <status>', 'only these').choices(['running', 'completed', 'cancelled']))
    .addOption(new Option('--rating <rating>', 'only these; see docs/portfolio.md').choices(ratings))
    .option('--overdue', 'only those whose next deadline has passed')
    .option(
      '--phase <phase>',
      'only those in this phase: preMigration, dataChecking, cutOver, postGoLive, onHold, ended',
    )
    .option('--search <text>', 'beginning of an ODS code, or part of a practice’s name')
    .option('--source <supplier>', 'only those that leave this supplier')
    .option('--target <supplier>', 'only those that move to this supplier')
    .option('--instance <id>', 'only practices on this instance of a supplier’s system')
    .option('--icb <name>', 'only those of this ICB')
    .option('--owner <name>', 'only those that this operator looks after')
    .option('--held-by <holder>', 'only those delayed by practice, csu or a party’s id')
    .option('--rehearsals', 'rehearsals too')
    .option('--limit <number>', 'at most that many, up to 1000')
    .addOption(new Option('--csv', 'print as CSV, for a spreadsheet').conflicts('json'))
    .action((options: ListOptions) => list(options));
}

const nothingToList = (wanted: URLSearchParams): string => {
  if (wanted.size === 0)
    return 'No migrations. Start one with "leadtime start ORDER"; see rehearsals with --rehearsals.';
  const isOnlyRehearsals = wanted.size === 1 && wanted.has('rehearsals');
  return isOnlyRehearsals
    ? 'No migrations and no rehearsals. Start one with "leadtime start ORDER".'
    : 'No migration is like that.';
};

function queryOf({ json: _json, csv: _csv, source, target, heldBy, instance, ...same }: ListOptions): URLSearchParams {
  const values = given({
    ...same,
    sourceSupplierId: source,
    targetSupplierId: target,
    delayHolder: heldBy,
    instanceId: instance,
  });
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) wanted.set(name, String(value));
  return wanted;
}

async function list(options: ListOptions): Promise<void> {
  const wanted = queryOf(options);
  await askApi(options, async (api) => {
    const answer = await api.get(`/migrations?${wanted.toString()}`);
    const { listView } = await import('../views.js');
    const page = listView.parse(answer);
    const { listCsv, listTable } = await import('../portfolioText.js');
    if (options.csv) return { answer, text: listCsv(page).trimEnd() };
    return { answer, text: page.total === 0 ? nothingToList(wanted) : listTable(page) };
  });
}
