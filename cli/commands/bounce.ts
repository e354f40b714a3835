import type { Command } from 'commander';
import { apiCommand, currentUser, print, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';

interface BounceOptions extends JsonOption {
  by: string;
}

interface Reported {
  file: string;
  answer: object;
  text: string;
}

const ABOUT = `
A mail that came back has told nobody: the operator hears of it, and a request or notice counts as not told. Only reports that a
mail server makes (RFC 3464) count, and of those only that it failed. Reading the same one again changes nothing.

Exit codes: 0 all were reported, 1 one of them is no returned mail of leadtime, 2 one of them cannot be read.`;

/** `leadtime bounce FILE…`: report mails that came back. */
export function bounceCommand(): Command {
  return apiCommand('bounce', 'report mails that came back to the CSU’s mailbox')
    .argument('<mails...>', 'files that each hold one returned mail, as .eml; - for standard input')
    .option('--by <name>', 'who read them', currentUser())
    .addHelpText('after', ABOUT)
    .action((files: string[], options: BounceOptions) => bounce(files, options));
}

async function reportOne(file: string, { by }: BounceOptions, api: ApiClient): Promise<Reported> {
  const { readMail } = await import('../bounce/readMail.js');
  const { readBounce } = await import('../bounce/readBounce.js');
  const found = await readBounce(await readMail(file));
  if (found.kind === 'other') throw new CommandFailure(`${file}: ${found.why}`, ANSWER_IS_NO);
  const { messageId, detail } = found;
  const answer = await api.post('/bounces', { messageId, detail, by });
  const { bouncedView } = await import('../bounce/view.js');
  const { migrationId, milestoneId, status } = bouncedView.parse(answer);
  const text = `${file}: ${migrationId}, ${milestoneId} (${status}): came back, ${detail}`;
  return { file, answer: { file, messageId, detail, migrationId, milestoneId, status }, text };
}

/** Each file by itself: one that is wrong keeps no other from being reported. */
async function bounce(files: string[], options: BounceOptions): Promise<void> {
  const { connectApi } = await import('../client.js');
  const api = await connectApi();
  const reported: Reported[] = [];
  const failures: CommandFailure[] = [];
  for (const file of files) {
    try {
      reported.push(await reportOne(file, options, api));
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      failures.push(
        error.message.startsWith(file) ? error : new CommandFailure(`${file}: ${error.message}`, error.exitCode),
      );
    }
  }
  const text = reported.map((each) => each.text).join('\n');
  if (reported.length > 0 || options.json) print({ answer: reported.map(({ answer }) => answer), text }, options);
  if (failures.length === 0) return;
  const code = failures.some(({ exitCode }) => exitCode === WRONG_USE) ? WRONG_USE : ANSWER_IS_NO;
  throw new CommandFailure(failures.map(({ message }) => message).join('\n'), code);
}
