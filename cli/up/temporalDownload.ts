import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const PATIENCE_MS = 5 * 60_000;

/**
 * Lets the Temporal SDK download the command line, and keeps the file at `target`.
 * The SDK offers no download by itself, so a dev server is started once and ended.
 *
 * @param version without the leading `v`.
 * @throws when the download is out of reach or takes longer than five minutes.
 */
export async function downloadTemporal(version: string, target: string, log: (line: string) => void): Promise<void> {
  log(`Downloading the Temporal server ${version} …`);
  await mkdir(path.dirname(target), { recursive: true });
  const downloadDir = await mkdtemp(path.join(path.dirname(target), 'download-'));
  try {
    await withPatience(startOnce(`v${version}`, downloadDir));
    const [file] = await readdir(downloadDir);
    if (file === undefined) throw new Error('the SDK left no file behind');
    await rename(path.join(downloadDir, file), target);
  } finally {
    await rm(downloadDir, { recursive: true, force: true });
  }
}

async function startOnce(version: string, downloadDir: string): Promise<void> {
  // Loaded here, because only the first start on a machine needs it.
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const executable = { type: 'cached-download', version, downloadDir } as const;
  const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
  await environment.teardown();
}

async function withPatience(attempt: Promise<void>): Promise<void> {
  let alarm: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    alarm = setTimeout(() => reject(new Error('no answer within five minutes')), PATIENCE_MS);
  });
  try {
    await Promise.race([attempt, tooLong]);
  } finally {
    clearTimeout(alarm);
  }
}
