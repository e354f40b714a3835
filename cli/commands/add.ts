import { Argument, type Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface AddOptions extends JsonOption {
  id: string;
  title: string;
  owner: string;
  due?: string;
  site?: string;
  by: string;
}

/** `leadtime add ID survey|action`: something more to do, asked about and escalated like everything else. */
export function addCommand(): Command {
  return apiCommand('add', 'add what the technical survey asked for, or an action of a meeting')
    .argument('<migration>', 'a migration id, or a practice’s ODS code')
    .addArgument(new Argument('<kind>', 'what it is').choices(['survey', 'action']))
    .requiredOption('--id <id>', 'a short name of its own, like label-printer')
    .requiredOption('--title <text>', 'what has to be done; nothing about a patient')
    .option('--owner <who>', 'practice, csu, or a party’s id in the order', 'csu')
    .option('--due <day>', 'the day by which it is due, YYYY-MM-DD; an action needs one')
    .option('--site <id>', 'the site that it is for')
    .option('--by <name>', 'who says so', currentUser())
    .action((migration: string, kind: string, options: AddOptions) => add(migration, kind, options));
}

async function add(migration: string, kind: string, options: AddOptions): Promise<void> {
  const { id, title, owner, due, site, by } = options;
  const body = { kind, id, title, owner, by, ...given({ dueOn: due, siteId: site }) };
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(migration)}/items`, body);
    const { itemView } = await import('../views.js');
    const { milestoneId, dueOn } = itemView.parse(answer);
    return { answer, text: `${milestoneId} is ${dueOn === undefined ? 'open, without a date yet' : `due ${dueOn}`}` };
  });
}
