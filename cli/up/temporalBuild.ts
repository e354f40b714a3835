import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';

const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';
const PROGRESS_EVERY_MS = 3_000;

/**
 * Builds the Temporal command line with Go (about six minutes on two cores) and moves it to `target` in one step.
 *
 * @param version without the leading `v`.
 * @throws when Go is missing or the build fails, with Go's last line.
 */
export async function buildTemporal(version: string, target: string, log: (line: string) => void): Promise<void> {
  log(`Building the Temporal server ${version} with Go: some minutes, once …`);
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(path.join(path.dirname(target), 'build-'));
  try {
    await goInstall(`${PACKAGE}@v${version}`, folder, log);
    await rename(path.join(folder, 'temporal'), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `go install -v`; Go names each package as it downloads or compiles it, which is the progress we show. */
function goInstall(goPackage: string, binFolder: string, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = spawn('go', ['install', '-v', '-ldflags', '-s -w', goPackage], {
      env: { ...process.env, GOBIN: binFolder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const progress = reportProgress(log);
    createInterface({ input: go.stderr }).on('line', progress.saw);
    go.once('error', (error) => {
      progress.stop();
      reject(new Error('code' in error && error.code === 'ENOENT' ? 'Go is not installed' : error.message));
    });
    go.once('close', (code) => {
      progress.stop();
      if (code === 0) resolve();
      else reject(new Error(`go install failed: ${progress.lastLine()}`));
    });
  });
}

function reportProgress(log: (line: string) => void) {
  const startedAtMs = Date.now();
  let lines = 0;
  let last = 'starting';
  const report = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAtMs) / 1_000);
    log(`Building the Temporal server: ${seconds} s, ${lines} steps, ${last}`);
  }, PROGRESS_EVERY_MS);
  return {
    saw: (line: string) => {
      lines += 1;
      last = line;
    },
    lastLine: () => last,
    stop: () => clearInterval(report),
  };
}
