import { Argument, Command } from 'commander';
import { messageKinds, type MessageKind } from '../../rules/migration/messages.js';
import { plural } from '../../rules/text/plural.js';
import { print, type JsonOption } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

interface PreviewOptions extends JsonOption {
  to?: string;
}

const CHECK_HELP = `
A folder need hold only the templates that are different; the others are the shipped ones. Set LEADTIME_MESSAGES to use it.

Exit code: 0 where every message reads well, 2 where not; every problem is named with its template and line.`;

/** `leadtime messages`: the mails that people get, checked and shown. */
export function messagesCommand(): Command {
  return new Command('messages')
    .description('the mails that people get: check their templates, see them')
    .addCommand(checkCommand())
    .addCommand(previewCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description('try every template with every kind of message at its edges')
    .argument('[folder]', 'a folder of templates; those in use unless given')
    .option('--json', 'print JSON')
    .addHelpText('after', CHECK_HELP)
    .action(check);
}

async function check(folder: string | undefined, options: JsonOption): Promise<void> {
  const { messageFolders } = await import('../../config/messages/folder.js');
  const { checkMessages, templateProblemText } = await import('../messages/check.js');
  const problems = await checkMessages(messageFolders(folder ?? process.env['LEADTIME_MESSAGES']?.trim()));
  const good = `All ${messageKinds.length} kinds of message read well.`;
  const text = problems.length === 0 ? good : problems.map(templateProblemText).join('\n');
  print({ answer: { problems, usable: problems.length === 0 }, text }, options);
  if (problems.length > 0)
    throw new CommandFailure(`${plural(problems.length, 'problem')} with message templates`, WRONG_USE);
}

function previewCommand(): Command {
  return new Command('preview')
    .description('show a kind of message, or write all of them into a folder')
    .addArgument(new Argument('[kind]', 'a kind of message; all unless given').choices(messageKinds))
    .option('--to <folder>', 'write HTML, text and a page that lists them')
    .option('--json', 'print JSON')
    .action(preview);
}

async function preview(kind: MessageKind | undefined, { to, ...options }: PreviewOptions): Promise<void> {
  const { previewFiles, previews } = await import('../messages/preview.js');
  const all = previews(kind);
  if (to === undefined) {
    const text = all
      .map((each) => `== ${each.kind}, to ${each.to}\nSubject: ${each.subject}\n\n${each.text}`)
      .join('\n');
    print({ answer: { messages: all }, text: text.trimEnd() }, options);
    return;
  }
  const { writePack } = await import('../pack/writePack.js');
  const files = previewFiles(all);
  await writePack(to, files, true);
  const answer = { folder: to, files: files.map(({ name }) => name) };
  print({ answer, text: `${all.length} messages are in ${to}: open index.html.` }, options);
}
