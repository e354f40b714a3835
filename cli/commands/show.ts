import type { Command } from 'commander';
import type { z } from 'zod';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';
import type { showView } from '../views.js';

type Shown = z.infer<typeof showView>;

/** `leadtime show ID`: one migration with its milestones. */
export function showCommand(): Command {
  return apiCommand('show', 'one migration with its milestones')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .action((id: string, options: JsonOption) => show(id, options));
}

const heading = ({ migration }: Shown): string[] => {
  const anchors = Object.entries(migration.anchors).map(([name, { on, status }]) =>
    on === undefined ? `${name} not set` : `${name} ${on}${status === 'confirmed' ? '' : ` (${status})`}`,
  );
  const { migrationId, practiceName, odsCode, phase, status, slipped } = migration;
  const slips = slipped === 0 ? '' : `, ${slipped} slipped`;
  return [`${migrationId}  ${practiceName} (${odsCode})`, `${status}, ${phase}${slips}`, anchors.join('; ')];
};

const statusText = ({ status, settledOn, slippedOn }: Shown['milestones'][number]): string => {
  const settled = settledOn === undefined ? status : `${status} ${settledOn}`;
  return slippedOn === undefined ? settled : `${settled}, slipped ${slippedOn}`;
};

async function show(id: string, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get(`/migrations/${step(id)}`);
    const { showView } = await import('../views.js');
    const { table } = await import('../table.js');
    const shown = showView.parse(answer);
    const rows = shown.milestones.map((each) => [
      `${each.dueOn ?? 'no date yet'}${each.provisional ? ' ?' : ''}`,
      each.milestoneId,
      each.title,
      each.holderName,
      statusText(each),
    ]);
    const milestones = table(['Due', 'Milestone', 'What', 'Holder', 'Status'], rows);
    return {
      answer,
      text: [...heading(shown), milestones, 'A ? marks days that hang on a provisional date.'].join('\n'),
    };
  });
}
