/** Looking at what a new plan would do, and committing it: by "redate", "resume", "amend" and "adopt". */
import { askApi, print, step, type JsonOption, type Reply } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';
import type { WhereOptions } from './where.js';

/** What is said of every new plan. */
export interface CommitOptions extends JsonOption {
  reason?: string;
  by: string;
  acceptRisks?: true;
  preview?: true;
  yes?: true;
}

export type MoveOptions = CommitOptions & WhereOptions;

/** Which of the four: the end of the API's address, and what is said of it. */
export interface MoveWay {
  path: 'redate' | 'resume' | 'amend' | 'adopt';
  /** `Move these days?` */
  question: string;
  /** `has moved`. */
  done: string;
}

interface Moving extends MoveWay {
  api: ApiClient;
  id: string;
  where: Record<string, unknown>;
}

/** Moves days. */
export async function move(way: MoveWay, id: string, options: MoveOptions): Promise<void> {
  const { whereOf } = await import('./where.js');
  await planAnew(way, { id, where: whereOf(options) }, options);
}

/** Shows what it does and, unless it is only to be looked at, asks a person and commits it. @param what what is sent of it */
export async function planAnew(
  way: MoveWay,
  { id, where }: Pick<Moving, 'id' | 'where'>,
  options: CommitOptions,
): Promise<void> {
  const { reason, preview, by, acceptRisks = false } = options;
  if (preview) await askApi(options, async (api) => lookAt({ ...way, api, id, where }));
  else if (reason === undefined)
    throw new CommandFailure('Say why: --reason TEXT. Or only look: --preview.', WRONG_USE);
  else await askApi(options, async (api) => commit({ ...way, api, id, where }, { by, reason, acceptRisks }, options));
}

async function previewed({ api, id, where, path }: Moving) {
  const { redatePreviewAnswer } = await import('../../api/answers/redate.js');
  const answer = await api.post(`/migrations/${step(id)}/${path}/preview`, where);
  return { answer, shown: redatePreviewAnswer.parse(answer) };
}

async function lookAt(moving: Moving): Promise<Reply> {
  const { previewText } = await import('./previewText.js');
  const { answer, shown } = await previewed(moving);
  if (shown.refused || shown.needsAcceptance) process.exitCode = ANSWER_IS_NO;
  return { answer, text: previewText(shown) };
}

/** Moves what was shown, and nothing else. */
async function commit(
  moving: Moving,
  said: { by: string; reason: string; acceptRisks: boolean },
  { json, yes }: CommitOptions,
): Promise<Reply> {
  const [{ previewText }, { instanceLines }, { redateAnswer }, { isSure }] = await Promise.all([
    import('./previewText.js'),
    import('./instanceText.js'),
    import('../../api/answers/redate.js'),
    import('../ask.js'),
  ]);
  const { api, id, where, path, question, done } = moving;
  const { answer: preview, shown } = await previewed(moving);
  if (!json) print({ answer: preview, text: `${previewText(shown)}\n` }, {});
  if (shown.refused) throw new CommandFailure('Nothing was changed: see the errors above.', ANSWER_IS_NO);
  if (!yes && !(await isSure(question))) throw new CommandFailure('Nothing was changed.', ANSWER_IS_NO);
  const redated = await api.post(`/migrations/${step(id)}/${path}`, { ...where, ...said, version: shown.version });
  const { migrationId, dateVersion, instance } = redateAnswer.parse(redated);
  if (instance?.practices.some(({ state }) => state === 'failed')) process.exitCode = ANSWER_IS_NO;
  const own = `${migrationId} ${done}: its days are at version ${dateVersion} now`;
  return { answer: { preview, redated }, text: [own, ...instanceLines(instance)].join('\n') };
}
