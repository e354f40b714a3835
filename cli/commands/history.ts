import type { Command } from 'commander';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import type { HistoryView } from '../views.js';

/** `leadtime history ID`: the audit trail of one migration. */
export function historyCommand(): Command {
  return apiCommand('history', 'the audit trail of one migration')
    .argument('<id>', 'a migration id, a practice’s ODS code, or "system" for tokens and refusals')
    .action((id: string, options: JsonOption) => history(id, options));
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

async function partOf(api: ApiClient, path: string): Promise<HistoryView> {
  const { historyView } = await import('../views.js');
  return historyView.parse(await api.get(path));
}

/** Part by part, until one brings nothing more. */
async function wholeSystem(api: ApiClient): Promise<HistoryView> {
  const whole = await partOf(api, '/audit/system');
  for (let last = whole.audit.at(-1); last !== undefined;) {
    const { audit } = await partOf(api, `/audit/system?after=${last.seq}`);
    whole.audit.push(...audit);
    last = audit.at(-1);
  }
  return whole;
}

async function history(id: string, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const { instant, table } = await import('../table.js');
    const answer = id === 'system' ? await wholeSystem(api) : await partOf(api, `/migrations/${step(id)}/history`);
    const rows = answer.audit.map(({ seq, atMs, actor, type, data }) => [
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
