import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface AcknowledgeOptions extends JsonOption {
  by: string;
  note?: string;
}

/** `leadtime acknowledge ID MILESTONE`: an operator takes a slip on, and its ladder rests. */
export function acknowledgeCommand(): Command {
  return apiCommand('acknowledge', 'take a slip on: nobody is reminded or escalated to about it until its day moves')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<milestone>', 'a milestone id, as "leadtime show" prints it')
    .option('--note <text>', 'what is being done about it')
    .option('--by <name>', 'who takes it on', currentUser())
    .action((id: string, milestone: string, options: AcknowledgeOptions) => acknowledge(id, milestone, options));
}

async function acknowledge(id: string, milestone: string, { by, note, ...options }: AcknowledgeOptions): Promise<void> {
  await askApi(options, async (api) => {
    const address = `/migrations/${step(id)}/milestones/${step(milestone)}/acknowledge`;
    const answer = await api.post(address, { by, ...given({ note }) });
    const { milestoneView } = await import('../views.js');
    const { milestoneId } = milestoneView.parse(answer);
    return { answer, text: `${milestoneId} is with ${by}: its reminders and escalations rest until its day moves` };
  });
}
