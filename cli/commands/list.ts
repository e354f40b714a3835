import { Option, type Command } from 'commander';
import { apiCommand, askApi, type JsonOption } from '../apiCommand.js';
import { filterQuery, withPortfolioFilters, type PortfolioFilters } from '../portfolioFilters.js';

interface ListOptions extends JsonOption, PortfolioFilters {
  status?: string;
  limit?: string;
  csv?: true;
}

/** `leadtime list`: migrations by next deadline. */
export function listCommand(): Command {
  return withPortfolioFilters(apiCommand('list', 'migrations, the next deadline first'))
    .addOption(new Option('--status <status>', 'only these').choices(['running', 'completed', 'cancelled']))
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

async function list({ status, limit, csv, json, ...filters }: ListOptions): Promise<void> {
  const wanted = filterQuery(filters, { status, limit });
  await askApi(json ? { json } : {}, async (api) => {
    const answer = await api.get(`/migrations?${wanted.toString()}`);
    const { listView } = await import('../views.js');
    const page = listView.parse(answer);
    const { listCsv, listTable } = await import('../portfolioText.js');
    if (csv) return { answer, text: listCsv(page).trimEnd() };
    return { answer, text: page.total === 0 ? nothingToList(wanted) : listTable(page) };
  });
}
