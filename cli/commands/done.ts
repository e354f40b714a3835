import { Option, type Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface DoneOptions extends JsonOption {
  on?: string;
  by: string;
  reference?: string;
  forDate?: string;
  outcome?: string;
  signedBy?: string;
}

/** `leadtime done ID MILESTONE`: record by hand that a milestone is done. */
export function doneCommand(): Command {
  return apiCommand('done', 'record that a milestone is done')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<milestone>', 'a milestone id, as "leadtime show" prints it')
    .option('--on <day>', 'the day it was done, YYYY-MM-DD; the migration’s own today unless given')
    .option('--by <name>', 'who says so', currentUser())
    .option('--reference <text>', 'reference of the call, portal request or letter')
    .option('--for-date <day>', 'the production day that a form or booking names, YYYY-MM-DD')
    .addOption(
      new Option('--outcome <outcome>', 'what was decided, where the milestone is a decision').choices([
        'needed',
        'notNeeded',
      ]),
    )
    .option('--signed-by <name>', 'who signed, where that is somebody else: the lead clinician')
    .action((id: string, milestone: string, options: DoneOptions) => done(id, milestone, options));
}

async function done(id: string, milestone: string, options: DoneOptions): Promise<void> {
  const { on, by, reference, forDate, outcome, signedBy } = options;
  const body = { by, ...given({ on, reference, forDate, outcome, signedBy }) };
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/milestones/${step(milestone)}/done`, body);
    const { milestoneView } = await import('../views.js');
    const { milestoneId, status } = milestoneView.parse(answer);
    const isOpen = status === 'open' && forDate !== undefined;
    const why = isOpen ? `: noted, but ${forDate} is not its day, or is so no longer` : '';
    return { answer, text: `${milestoneId} is ${status}${why}` };
  });
}
