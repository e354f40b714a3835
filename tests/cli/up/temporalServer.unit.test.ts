import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  obtainTemporalServer,
  TEMPORAL_CLI_VERSION,
  TemporalServerUnavailableError,
} from '../../../cli/up/temporalServer.js';

describe('the lookup of the Temporal server', () => {
  let folder: string;
  let cached: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'leadtime-lookup-'));
    cached = path.join(folder, 'cache', 'leadtime', `temporal-${TEMPORAL_CLI_VERSION}`, 'temporal');
    vi.stubEnv('PATH', path.join(folder, 'bin'));
    vi.stubEnv('XDG_CACHE_HOME', path.join(folder, 'cache'));
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });

  const executableAt = async (file: string) => {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, '#!/bin/sh\n');
    await chmod(file, 0o755);
  };

  it('takes the one on the PATH before the copy in the cache', async () => {
    const installed = path.join(folder, 'bin', 'temporal');
    await executableAt(installed);
    await executableAt(cached);
    expect(await obtainTemporalServer(() => undefined)).toEqual({ path: installed, source: 'path' });
  });

  it('takes the copy in the cache where none is on the PATH, and reports no progress', async () => {
    await executableAt(cached);
    const lines: string[] = [];
    expect(await obtainTemporalServer((line) => lines.push(line))).toEqual({ path: cached, source: 'cache' });
    expect(lines).toEqual([]);
  });

  it('names all four sources and what to install when none of them gives a server', () => {
    const { message } = new TemporalServerUnavailableError('no network', 'Go is not installed');
    for (const words of [
      'PATH',
      'cache',
      'no network',
      'Go is not installed',
      'TEMPORAL_ADDRESS',
      'https://go.dev/dl/',
    ]) {
      expect(message).toContain(words);
    }
  });
});
