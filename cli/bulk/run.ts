/** Asking for an operation on many practices, and watching it. */
import { bulkAnswer } from '../../api/answers/bulk.js';
import { given, print, step, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO } from '../failure.js';
import { follow, hasEnded, lookAgain, type BulkView } from './follow.js';
import { reportText, rowsToShow } from './report.js';

export interface BulkOptions extends JsonOption {
  by: string;
  dryRun?: true;
  /** False with `--no-wait`. */
  wait: boolean;
}

async function report(api: ApiClient, operation: BulkView, { json }: JsonOption): Promise<void> {
  const rows = await rowsToShow(api, operation);
  if (operation.failed > 0 || operation.state === 'stopped') process.exitCode = ANSWER_IS_NO;
  print({ answer: { ...operation, rows }, text: reportText(operation, rows) }, { ...(json && { json }) });
}

async function watched(api: ApiClient, answer: unknown, options: JsonOption & { wait: boolean }): Promise<void> {
  const operation = bulkAnswer.parse(answer);
  if (!options.wait) {
    print({ answer, text: `${operation.bulkId}: begun. ${lookAgain(operation.bulkId)}` }, options);
    return;
  }
  await report(api, await follow(api, operation), options);
}

/** @param rows what is asked, by the name of the operation: `{ done: [...] }` */
export async function runBulk(rows: Record<string, object[]>, options: BulkOptions): Promise<void> {
  const { withApi } = await import('./withApi.js');
  const { by, dryRun } = options;
  await withApi(options, async (api) =>
    watched(api, await api.post('/bulk', { by, ...given({ dryRun }), ...rows }), options),
  );
}

/** What has failed or was not reached, once more. */
export async function repeatBulk(bulkId: string, options: BulkOptions): Promise<void> {
  const { withApi } = await import('./withApi.js');
  const again = (api: ApiClient) => api.post(`/bulk/${step(bulkId)}/repeat`, { by: options.by });
  await withApi(options, async (api) => watched(api, await again(api), options));
}

/** How far it is; watched to its end where somebody waits for that. */
export async function showBulk(bulkId: string, options: JsonOption & { wait?: true }): Promise<void> {
  const { withApi } = await import('./withApi.js');
  await withApi(options, async (api) => {
    const operation = bulkAnswer.parse(await api.get(`/bulk/${step(bulkId)}`));
    const shown = options.wait && !hasEnded(operation) ? await follow(api, operation) : operation;
    await report(api, shown, options);
  });
}
