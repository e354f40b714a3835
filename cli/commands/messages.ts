import { Argument, Command } from 'commander';
import { messageKinds, type MessageKind } from '../../rules/migration/messages.js';
import { plural } from '../../rules/text/plural.js';
import { print, type JsonOption } from '../apiCommand.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import type { Preview } from '../messages/preview.js';

interface PreviewOptions extends JsonOption {
  order?: string;
  to?: string;
}

const CHECK_HELP = `
A folder need hold only the templates that are different; the others are the shipped ones. Set LEADTIME_MESSAGES to use it.

Exit code: 0 where every message reads well, 2 where not; every problem is named with its template and line.`;

const PREVIEW_HELP = `
The migration of the order is run in virtual time, once with nobody doing anything and once with everybody early, and the first
mail of each kind is shown. Kinds that it does not send are made up, and say so. Nothing is sent.

Examples:
  leadtime messages preview notice
  leadtime messages preview --order examples/rich.yaml --to previews`;

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
    .option('--order <file>', 'mails of the migration of this order; of the examples unless given')
    .option('--to <folder>', 'write HTML, text and a page that lists them')
    .option('--json', 'print JSON')
    .addHelpText('after', PREVIEW_HELP)
    .action(preview);
}

async function preview(kind: MessageKind | undefined, { to, order, ...options }: PreviewOptions): Promise<void> {
  const { exampleOrders } = await import('../messages/fromOrder.js');
  const { previewFiles, previews } = await import('../messages/preview.js');
  const all = await previews(kind, order === undefined ? exampleOrders() : [{ order, events: [] }]);
  if (to === undefined) {
    print({ answer: { messages: all }, text: all.map(previewText).join('\n').trimEnd() }, options);
    return;
  }
  const { writePack } = await import('../pack/writePack.js');
  const files = previewFiles(all);
  await writePack(to, files, true);
  const answer = { folder: to, files: files.map(({ name }) => name) };
  print({ answer, text: `${plural(all.length, 'message')} in ${to}: open index.html` }, options);
}

const previewText = ({ kind, to, from, subject, text }: Preview): string =>
  `== ${kind}, to ${to} (${from === undefined ? 'made up' : `from the plan of ${from}`})\nSubject: ${subject}\n\n${text}`;
