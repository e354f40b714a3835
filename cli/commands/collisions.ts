import type { Command } from 'commander';
import { apiCommand, askApi, given, type JsonOption } from '../apiCommand.js';

interface CollisionOptions extends JsonOption {
  supplier?: string;
  capacity?: string;
}

/** `leadtime collisions`: days on which a present supplier has more Initial data productions than it can do. */
export function collisionsCommand(): Command {
  return apiCommand('collisions', 'days with more Initial data productions than a supplier can do')
    .option('--supplier <id>', 'only this present supplier')
    .option(
      '--capacity <number>',
      'how many each can do on a day (default: what each has stated, see docs/portfolio.md, else 1)',
    )
    .action(collisions);
}

async function collisions({ supplier, capacity, ...options }: CollisionOptions): Promise<void> {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(given({ supplierId: supplier, capacity })))
    wanted.set(name, String(value));
  await askApi(options, async (api) => {
    const answer = await api.get(`/collisions?${wanted.toString()}`);
    const { collisionsView } = await import('../views.js');
    const { table } = await import('../table.js');
    const view = collisionsView.parse(answer);
    const rows = view.days.map((day) => [
      day.on,
      day.supplierId,
      String(day.practices.length),
      `${day.capacity}${day.stated === undefined ? '' : ' (stated)'}`,
      day.practices.join(' '),
    ]);
    const none =
      capacity === undefined
        ? 'No supplier has more Initial data productions on a day than it can do.'
        : `No day has more than ${view.capacity} Initial data production${view.capacity === 1 ? '' : 's'} of one supplier.`;
    return {
      answer,
      text: rows.length === 0 ? none : table(['Day', 'Supplier', 'How many', 'Can do', 'Practices'], rows),
    };
  });
}
