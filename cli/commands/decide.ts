import { Option, type Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

interface DecideOptions extends JsonOption {
  needed?: true;
  notNeeded?: true;
  by: string;
  on?: string;
  reference?: string;
}

/** `leadtime decide ID reconciliation --needed`: who decided what; saying the other later takes it back. */
export function decideCommand(): Command {
  return apiCommand('decide', 'record a decision: what rests on a "not needed" is waived in the name of who decided')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<decision>', 'reconciliation')
    .addOption(new Option('--needed', 'it is needed').conflicts('notNeeded'))
    .option('--not-needed', 'it is not needed')
    .option('--on <day>', 'the day it was decided, YYYY-MM-DD; the migration’s own today unless given')
    .option('--by <name>', 'who decided', currentUser())
    .option('--reference <text>', 'where it is written down')
    .action((id: string, decision: string, options: DecideOptions) => decide(id, decision, options));
}

function outcomeOf({ needed, notNeeded }: DecideOptions): 'needed' | 'notNeeded' {
  if (needed || notNeeded) return needed ? 'needed' : 'notNeeded';
  throw new CommandFailure('say what was decided: --needed or --not-needed', WRONG_USE);
}

async function decide(id: string, decision: string, options: DecideOptions): Promise<void> {
  const { by, on, reference } = options;
  const body = { outcome: outcomeOf(options), by, ...given({ on, reference }) };
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/decisions/${step(decision)}`, body);
    const { decisionView } = await import('../views.js');
    const { milestoneId, status, resting } = decisionView.parse(answer);
    const lines = [{ milestoneId, status }, ...resting].map((each) => `${each.milestoneId} is ${each.status}`);
    return { answer, text: lines.join('\n') };
  });
}
