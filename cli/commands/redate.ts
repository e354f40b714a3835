import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, print, step, type JsonOption, type Reply } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import type { WhereOptions } from '../redate/where.js';

interface RedateOptions extends JsonOption, WhereOptions {
  reason?: string;
  by: string;
  acceptRisks?: true;
  preview?: true;
  yes?: true;
}

const MORE = `
A day is provisional until somebody confirms it, unless you say --confirmed. Notices and requests that name a day which moves go out
anew; what else people have done stays done. See docs/redate.md.

Examples:
  leadtime redate A12345 --to initialDataProduction=2027-02-18 --keep-distance --preview
  leadtime redate A12345 --shift -5workingDays --confirmed --reason "agreed with the supplier"

Exit code: 0 where the days have moved, or could; 1 where they cannot or a risk has to be accepted, 2 for wrong use.`;

const collect = (value: string, all: string[]): string[] => [...all, value];

/** `leadtime redate ID --to ANCHOR=DAY`: shows what a move of days does, and makes it. */
export function redateCommand(): Command {
  return apiCommand('redate', 'move the days of a running migration; shows what that does before it does it')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .option('--to <anchor=day>', 'where to; for several days say it several times', collect, [])
    .option('--keep-distance', 'take later days along, by as many working days')
    .option('--shift <distance>', 'move every day that is to come: -5workingDays, 10days, 2weeks')
    .option('--confirmed', 'everybody has agreed to the new days already')
    .option('--reason <text>', 'why, for the audit trail; needed to move')
    .option('--accept-risks', 'take on the risks that the preview names')
    .option('--preview', 'show what it would do, and do nothing')
    .option('--yes', 'do not ask')
    .option('--by <name>', 'who says so', currentUser())
    .addHelpText('after', MORE)
    .action((id: string, options: RedateOptions) => move(id, options));
}

async function move(id: string, options: RedateOptions): Promise<void> {
  const { whereOf } = await import('../redate/where.js');
  const where = whereOf(options);
  const { reason, preview, by, acceptRisks = false } = options;
  if (preview) await askApi(options, async (api) => lookAt(api, id, where));
  else if (reason === undefined)
    throw new CommandFailure('Say why: --reason TEXT. Or only look: --preview.', WRONG_USE);
  else await askApi(options, async (api) => commit(api, { id, where, said: { by, reason, acceptRisks } }, options));
}

async function previewed(api: ApiClient, id: string, where: Record<string, unknown>) {
  const { redatePreviewAnswer } = await import('../../api/answers/redate.js');
  const answer = await api.post(`/migrations/${step(id)}/redate/preview`, where);
  return { answer, shown: redatePreviewAnswer.parse(answer) };
}

async function lookAt(api: ApiClient, id: string, where: Record<string, unknown>): Promise<Reply> {
  const { previewText } = await import('../redate/previewText.js');
  const { answer, shown } = await previewed(api, id, where);
  if (shown.refused || shown.needsAcceptance) process.exitCode = ANSWER_IS_NO;
  return { answer, text: previewText(shown) };
}

interface Commit {
  id: string;
  where: Record<string, unknown>;
  said: { by: string; reason: string; acceptRisks: boolean };
}

/** Shows what it does, asks a person, and moves what was shown. */
async function commit(api: ApiClient, { id, where, said }: Commit, { json, yes }: RedateOptions): Promise<Reply> {
  const [{ previewText }, { redateAnswer }, { isSure }] = await Promise.all([
    import('../redate/previewText.js'),
    import('../../api/answers/redate.js'),
    import('../ask.js'),
  ]);
  const { answer: preview, shown } = await previewed(api, id, where);
  if (!json) print({ answer: preview, text: `${previewText(shown)}\n` }, {});
  if (shown.refused) throw new CommandFailure('Nothing was moved: these days cannot be.', ANSWER_IS_NO);
  if (!yes && !(await isSure('Move these days?'))) throw new CommandFailure('Nothing was moved.', ANSWER_IS_NO);
  const redated = await api.post(`/migrations/${step(id)}/redate`, { ...where, ...said, version: shown.version });
  const { migrationId, dateVersion } = redateAnswer.parse(redated);
  return { answer: { preview, redated }, text: `${migrationId} has moved: its days are at version ${dateVersion} now` };
}
