import { Option, type Command } from 'commander';
import { apiCommand, askApi, given, type JsonOption } from '../apiCommand.js';

interface ListOptions extends JsonOption {
  status?: string;
  rehearsals?: true;
  limit?: string;
}

/** `leadtime list`: migrations by next deadline. */
export function listCommand(): Command {
  return apiCommand('list', 'migrations, the next deadline first')
    .addOption(new Option('--status <status>', 'only these').choices(['running', 'completed', 'cancelled']))
    .option('--rehearsals', 'rehearsals too')
    .option('--limit <number>', 'at most that many, up to 1000')
    .action((options: ListOptions) => list(options));
}

const nothingToList = (rehearsals: true | undefined): string =>
  rehearsals === undefined
    ? 'No migrations. Start one with "leadtime start ORDER"; see rehearsals with --rehearsals.'
    : 'No migrations and no rehearsals. Start one with "leadtime start ORDER".';

async function list(options: ListOptions): Promise<void> {
  const { status, rehearsals, limit } = options;
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(given({ status, rehearsals, limit }))) wanted.set(name, String(value));
  await askApi(options, async (api) => {
    const answer = await api.get(`/migrations?${wanted.toString()}`);
    const { listView } = await import('../views.js');
    const { table } = await import('../table.js');
    const { migrations, total } = listView.parse(answer);
    if (total === 0) return { answer, text: nothingToList(rehearsals) };
    const rows = migrations.map((each) => [
      each.nextDeadlineOn ?? '',
      each.nextMilestoneId ?? '',
      each.practiceName,
      each.phase,
      each.status,
      each.slipped === 0 ? '' : String(each.slipped),
      each.migrationId,
    ]);
    const shown = table(['Next deadline', 'Milestone', 'Practice', 'Phase', 'Status', 'Slipped', 'Migration'], rows);
    return { answer, text: total > rows.length ? `${shown}\n${rows.length} of ${total}; see --limit.` : shown };
  });
}
