import type { Command } from 'commander';
import { apiCommand, askApi, type JsonOption } from '../apiCommand.js';

/** `leadtime holders`: who holds what over all migrations. */
export function holdersCommand(): Command {
  return apiCommand('holders', 'who holds what over all running migrations, the most late first').action(holders);
}

async function holders(options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get('/holders');
    const { holdersView } = await import('../views.js');
    const { table } = await import('../table.js');
    const rows = holdersView
      .parse(answer)
      .holders.map(({ holder, holderName, migrations, open, late, nextDueOn }) => [
        holder,
        holder === 'practice' ? 'the practices' : holderName,
        String(migrations),
        String(open),
        late === 0 ? '' : String(late),
        nextDueOn ?? '',
      ]);
    const head = ['Holder', 'Name', 'Migrations', 'Open', 'Late', 'Next due'];
    return { answer, text: rows.length === 0 ? 'Nobody holds anything: no migration is running.' : table(head, rows) };
  });
}
