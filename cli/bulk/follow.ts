/** Watching an operation until it has ended. It goes on without us. */
import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { z } from 'zod';
import { bulkAnswer } from '../../api/answers/bulk.js';
import { step } from '../apiCommand.js';
import type { ApiClient } from '../client.js';
import { ANSWER_IS_NO, CommandFailure } from '../failure.js';

export type BulkView = z.infer<typeof bulkAnswer>;

const LOOK_EVERY_MS = 300;
/** Where nobody sees a bar, a line now and then. */
const LINE_EVERY_MS = 5_000;
/** The API may start anew meanwhile, as after a crash. */
const PATIENCE_MS = 120_000;

export const hasEnded = ({ state }: BulkView): boolean => state === 'ended' || state === 'stopped';

export const lookAgain = (bulkId: string): string =>
  `It goes on by itself. Look with "leadtime bulk status ${bulkId}", end it with "leadtime bulk stop ${bulkId}".`;

interface Progress {
  show: (operation: BulkView) => void;
  end: () => void;
}

function progressBar({ total }: BulkView): Progress {
  const format = '{bar} {value} of {total}, {failed} failed, {eta_formatted} left';
  const bar = new SingleBar({ format, stream: process.stderr, hideCursor: true, barsize: 30 });
  bar.start(total, 0, { failed: 0 });
  return { show: ({ done, failed }) => bar.update(done + failed, { failed }), end: () => bar.stop() };
}

function progressLines(): Progress {
  let saidAtMs = Date.now();
  const show = ({ done, failed, total }: BulkView): void => {
    if (Date.now() - saidAtMs < LINE_EVERY_MS) return;
    saidAtMs = Date.now();
    process.stderr.write(`${done + failed} of ${total}, ${failed} failed\n`);
  };
  return { show, end: () => undefined };
}

/** @returns undefined where nobody answers now */
async function looked(api: ApiClient, bulkId: string): Promise<BulkView | undefined> {
  try {
    return bulkAnswer.parse(await api.get(`/bulk/${step(bulkId)}`));
  } catch (error) {
    const status = error instanceof CommandFailure && 'status' in error ? error.status : 503;
    if (error instanceof CommandFailure && status === 503) return undefined;
    throw error;
  }
}

/** Resolves at Ctrl-C, once. */
function interrupted(): { signal: AbortSignal; forget: () => void } {
  const controller = new AbortController();
  const abort = (): void => controller.abort();
  process.once('SIGINT', abort);
  return { signal: controller.signal, forget: () => void process.removeListener('SIGINT', abort) };
}

async function untilEnded(
  api: ApiClient,
  operation: BulkView,
  progress: Progress,
  signal: AbortSignal,
): Promise<BulkView> {
  const { bulkId } = operation;
  let last = operation;
  let heardAtMs = Date.now();
  while (!hasEnded(last)) {
    await pause(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new CommandFailure(`You do not watch any more. ${lookAgain(bulkId)}`, ANSWER_IS_NO);
    const now = await looked(api, bulkId);
    if (now !== undefined) heardAtMs = Date.now();
    else if (Date.now() - heardAtMs > PATIENCE_MS)
      throw new CommandFailure(`leadtime has not answered for two minutes. ${lookAgain(bulkId)}`, ANSWER_IS_NO);
    last = now ?? last;
    progress.show(last);
  }
  return last;
}

/** Shows how far an operation is until it has ended. @throws CommandFailure at Ctrl-C, and the operation goes on */
export async function follow(api: ApiClient, operation: BulkView): Promise<BulkView> {
  const progress = process.stderr.isTTY ? progressBar(operation) : progressLines();
  const { signal, forget } = interrupted();
  try {
    return await untilEnded(api, operation, progress, signal);
  } finally {
    progress.end();
    forget();
  }
}
