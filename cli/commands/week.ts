import type { Command } from 'commander';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';

interface WeekOptions extends JsonOption {
  on?: string;
}

/** `leadtime week ID`: the sheet for its weekly meeting. */
export function weekCommand(): Command {
  return apiCommand('week', 'the sheet for its weekly meeting: done, late, due, who holds what, what has changed')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .option('--on <day>', 'as of another day, like 2026-11-30')
    .action(week);
}

async function week(id: string, { on, ...options }: WeekOptions): Promise<void> {
  await askApi(options, async (api) => {
    const asOf = on === undefined ? '' : `?asOf=${step(on)}`;
    const answer = await api.get(`/migrations/${step(id)}/week${asOf}`);
    const { weekAnswer } = await import('../../api/answers/meeting.js');
    const { weekLines } = await import('../../api/meetingText.js');
    const { meetingText } = await import('../meetingText.js');
    return { answer, text: meetingText(weekLines(weekAnswer.parse(answer))) };
  });
}
