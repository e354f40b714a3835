import type { Command } from 'commander';
import { apiCommand, askApi, type JsonOption } from '../apiCommand.js';

/** `leadtime blackouts`: practices whose days lie where they should not. */
export function blackoutsCommand(): Command {
  return apiCommand(
    'blackouts',
    'days of practices that lie in a blackout: holidays, flu clinics, somebody away',
  ).action(blackouts);
}

async function blackouts(options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get('/blackouts');
    const { blackoutsAnswer } = await import('../../api/answers/system.js');
    const { table } = await import('../table.js');
    const rows = blackoutsAnswer.parse(answer).conflicts.map((conflict) => {
      const { on, odsCode, practiceName, anchor, reason, from, to, source, holder } = conflict;
      const who = holder === undefined ? '' : `, ${holder} away`;
      return [on, odsCode, practiceName, anchor, `${reason}, ${from} to ${to}${who}`, source];
    });
    const none = 'No day of a running migration lies in a blackout.';
    return {
      answer,
      text: rows.length === 0 ? none : table(['Day', 'ODS', 'Practice', 'Which', 'Lies in', 'Stated in'], rows),
    };
  });
}
