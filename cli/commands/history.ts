import type { Command } from 'commander';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';

/** `leadtime history ID`: the audit trail of one migration. */
export function historyCommand(): Command {
  return apiCommand('history', 'the audit trail of one migration')
    .argument('<id>', 'a migration id, a practice’s ODS code, or "system" for tokens and refusals')
    .action((id: string, options: JsonOption) => history(id, options));
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

async function history(id: string, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get(id === 'system' ? '/audit/system' : `/migrations/${step(id)}/history`);
    const { historyView } = await import('../views.js');
    const { instant, table } = await import('../table.js');
    const rows = historyView.parse(answer).audit.map(({ seq, atMs, actor, type, data }) => [
      String(seq),
      instant(atMs),
      actor,
      type,
      Object.entries(data)
        .map(([name, value]) => `${name}: ${plain(value)}`)
        .join('\n'),
    ]);
    return { answer, text: table(['#', 'When', 'Who', 'What', 'Details'], rows) };
  });
}
