import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';

interface WaiveOptions extends JsonOption {
  by: string;
  reason: string;
}

/** `leadtime waive ID MILESTONE`: a milestone is not needed here, by name and with a reason. */
export function waiveCommand(): Command {
  return apiCommand('waive', 'record that a milestone is not needed here')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<milestone>', 'a milestone id, as "leadtime show" prints it')
    .requiredOption('--reason <text>', 'why it is not needed')
    .option('--by <name>', 'who says so', currentUser())
    .action((id: string, milestone: string, options: WaiveOptions) => waive(id, milestone, options));
}

async function waive(id: string, milestone: string, options: WaiveOptions): Promise<void> {
  const { by, reason } = options;
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/milestones/${step(milestone)}/waive`, { by, reason });
    const { milestoneView } = await import('../views.js');
    const { milestoneId, status } = milestoneView.parse(answer);
    return { answer, text: `${milestoneId} is ${status}` };
  });
}
