import type { Command } from 'commander';
import { apiCommand, askApi, given, type JsonOption } from '../apiCommand.js';

interface RingListOptions extends JsonOption {
  owner?: string;
  limit?: string;
}

/** `leadtime ring-list`: whom to ring this morning, under which number, and about what. */
export function ringListCommand(): Command {
  return apiCommand('ring-list', 'whom to ring this morning, the most urgent first, with number and words')
    .option('--owner <name>', 'only what this operator looks after')
    .option('--limit <number>', 'look at so many practices’ matters at most, up to 200; 60 unless given')
    .action(ringList);
}

async function ringList({ json, ...filters }: RingListOptions): Promise<void> {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(given({ ...filters }))) wanted.set(name, String(value));
  await askApi(json ? { json } : {}, async (api) => {
    const answer = await api.get(`/ring-list?${wanted.toString()}`);
    const { ringListAnswer } = await import('../../api/answers/meeting.js');
    const { ringListLines } = await import('../../api/meetingText.js');
    const { meetingText } = await import('../meetingText.js');
    return { answer, text: meetingText(ringListLines(ringListAnswer.parse(answer))) };
  });
}
