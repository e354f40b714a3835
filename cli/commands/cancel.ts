import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';

interface CancelOptions extends JsonOption {
  by: string;
  reason: string;
}

/** `leadtime cancel ID`: the migration is off; whoever was asked or told hears of it. */
export function cancelCommand(): Command {
  return apiCommand('cancel', 'call a migration off; requests and notices that went out are withdrawn')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .requiredOption('--reason <text>', 'why it is off')
    .option('--by <name>', 'who says so', currentUser())
    .action((id: string, options: CancelOptions) => cancel(id, options));
}

async function cancel(id: string, options: CancelOptions): Promise<void> {
  const { by, reason } = options;
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/cancel`, { by, reason });
    return { answer, text: `${id} is cancelled` };
  });
}
