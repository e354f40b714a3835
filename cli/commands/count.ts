import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

interface CountOptions extends JsonOption {
  by: string;
  on?: string;
}

const PRIVACY = `
Numbers alone: never anything about a patient. Each is compared with the one before; where the clean-up does not go down in a
week, the practice manager and the CSU are told.`;

/** `leadtime count ID duplicates=12 inbox=40`: how much there is left to clean up. */
export function countCommand(): Command {
  return apiCommand('count', 'record what the practice has counted')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<counts...>', 'how many of what, like duplicates=12 inbox=40; "leadtime show" names the counters')
    .option('--on <day>', 'the day on which it was counted, YYYY-MM-DD; the migration’s own today unless given')
    .option('--by <name>', 'who counted', currentUser())
    .addHelpText('after', PRIVACY)
    .action((id: string, counts: string[], options: CountOptions) => count(id, counts, options));
}

function countOf(text: string): [string, number] {
  const [, counter, value] = /^([a-z0-9-]+)=(\d{1,8})$/.exec(text) ?? [];
  if (counter !== undefined && value !== undefined) return [counter, Number(value)];
  throw new CommandFailure(`"${text}" is not a count: write counter=number, like duplicates=12`, WRONG_USE);
}

function valuesOf(counts: string[]): Record<string, number> {
  const pairs = counts.map(countOf);
  const twice = pairs.find(([counter], index) => pairs.findIndex(([other]) => other === counter) < index);
  if (twice !== undefined) throw new CommandFailure(`"${twice[0]}" is given twice`, WRONG_USE);
  return Object.fromEntries(pairs);
}

async function count(id: string, counts: string[], options: CountOptions): Promise<void> {
  const { by, on } = options;
  const values = valuesOf(counts);
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/counts`, { values, by, ...given({ on }) });
    const { countsView } = await import('../views.js');
    const { trendText } = await import('../../rules/migration/counts.js');
    const lines = countsView.parse(answer).counts.map((trend) => trendText(trend));
    return { answer, text: lines.join('\n') };
  });
}
