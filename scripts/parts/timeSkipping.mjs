import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isExecutable } from '../lib/run.mjs';
import { buildFromMaven } from './timeSkippingFromMaven.mjs';

const VERSION = '1.38.0';

/** The server that lets months pass in a test: from the cache, the SDK's download, or Maven's jars run by Java. */
export async function obtainTimeSkippingServer() {
  const { cacheFolder } = await import('../../dist/cli/up/cache.js');
  const folder = path.join(cacheFolder(), `temporal-test-server-${VERSION}`);
  const executable = path.join(folder, 'temporal-test-server');
  if (!isExecutable(executable)) await obtainInto(folder, executable);
  console.error(`Time-skipping test server: ${executable}`);
  return { LEADTIME_TEST_SERVER: executable };
}

async function obtainInto(folder, executable) {
  await mkdir(folder, { recursive: true });
  try {
    await download(folder, executable);
  } catch (downloadFailure) {
    console.error(`Downloading the time-skipping test server failed: ${downloadFailure.message}`);
    await buildFromMaven(VERSION, folder, executable).catch((error) => {
      throw new Error(`The time-skipping test server needs either that download or Java with Maven. ${error.message}`);
    });
  }
}

/** The SDK downloads when an environment starts, so one is started and ended. */
async function download(folder, executable) {
  console.error('Downloading the time-skipping test server …');
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const downloadDir = path.join(folder, 'download');
  await mkdir(downloadDir, { recursive: true });
  try {
    const environment = await TestWorkflowEnvironment.createTimeSkipping({
      server: { executable: { type: 'cached-download', downloadDir } },
    });
    await environment.teardown();
    const [file] = await readdir(downloadDir);
    await rename(path.join(downloadDir, file), executable);
  } finally {
    await rm(downloadDir, { recursive: true, force: true });
  }
}
