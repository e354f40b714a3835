import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './cache.js';
import { buildTemporal } from './temporalBuild.js';
import { downloadTemporal } from './temporalDownload.js';

/** The Temporal command line whose dev server we know: newer tags cannot be installed by `go install`. */
export const TEMPORAL_CLI_VERSION = '1.5.1';

export type TemporalServer = {
  /** The `temporal` executable. */
  path: string;
  source: 'path' | 'cache' | 'download' | 'build';
};

/** Nothing gave us a server. The message names what was tried and what the user can install. */
export class TemporalServerUnavailableError extends Error {
  override readonly name = 'TemporalServerUnavailableError';

  constructor(
    readonly downloadFailure: string,
    readonly buildFailure: string,
  ) {
    super(
      [
        'No Temporal server was found, and none could be obtained. Tried, in this order:',
        '  1. "temporal" on the PATH: not there',
        `  2. a copy in the cache: no ${cachedPath()}`,
        `  3. the download of the Temporal SDK: ${downloadFailure}`,
        `  4. building it with Go: ${buildFailure}`,
        'Install the Temporal CLI (https://docs.temporal.io/cli#install) or Go 1.23 or newer (https://go.dev/dl/),',
        'or set TEMPORAL_ADDRESS to a server that is already running.',
      ].join('\n'),
    );
  }
}

/**
 * Finds the `temporal` executable, or gets one into the user's cache: PATH, cache, download, build with Go.
 * The caller has looked at `TEMPORAL_ADDRESS` already.
 *
 * @param log gets a line of progress each time there is news; a build takes minutes.
 * @throws {TemporalServerUnavailableError} when all four sources fail.
 */
export async function obtainTemporalServer(log: (line: string) => void): Promise<TemporalServer> {
  const installed = onPath();
  if (installed !== undefined) return { path: installed, source: 'path' };
  const target = cachedPath();
  if (isExecutable(target)) return { path: target, source: 'cache' };

  const downloadFailure = await failureOf(downloadTemporal(TEMPORAL_CLI_VERSION, target, log));
  if (downloadFailure === undefined) return { path: target, source: 'download' };
  log(`Downloading the Temporal server failed: ${downloadFailure}`);

  const buildFailure = await failureOf(buildTemporal(TEMPORAL_CLI_VERSION, target, log));
  if (buildFailure === undefined) return { path: target, source: 'build' };
  throw new TemporalServerUnavailableError(downloadFailure, buildFailure);
}

function cachedPath(): string {
  return path.join(cacheFolder(), `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal');
}

function onPath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, 'temporal')).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function failureOf(attempt: Promise<void>): Promise<string | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
