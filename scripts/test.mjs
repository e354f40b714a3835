import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.mjs';
import { install } from './lib/install.mjs';
import { requireNode } from './lib/node.mjs';
import { run } from './lib/run.mjs';
import { readReport } from './lib/testReport.mjs';
import { obtainChromium } from './parts/chromium.mjs';
import { obtainPostgres } from './parts/postgres.mjs';
import { obtainTemporal } from './parts/temporal.mjs';
import { obtainTemporalProduction } from './parts/temporalProduction.mjs';
import { obtainTimeSkippingServer } from './parts/timeSkipping.mjs';

/** Everything the tests need that npm does not bring; each part answers with the variables that name it. */
async function obtainParts() {
  return {
    ...(await obtainTemporal()),
    ...(await obtainTimeSkippingServer()),
    ...(await obtainPostgres()),
    ...(await obtainChromium()),
    ...(await obtainTemporalProduction()),
  };
}

/** Runs vitest, with the arguments given to `npm test -- …`, and counts what it reports. */
async function runTests(parts) {
  const folder = await mkdtemp(path.join(tmpdir(), 'leadtime-test-'));
  const reportFile = path.join(folder, 'report.json');
  const args = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...process.argv.slice(2)];
  try {
    const code = await run(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...args], {
      env: { ...process.env, ...parts },
    });
    return { code, ...withRunFailure(code, await readReport(reportFile)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An error outside any test, such as a promise that nobody awaited, fails the run without failing a test. */
function withRunFailure(code, { passed, failed, failures }) {
  if (code === 0 || failed > 0 || passed === 0) return { passed, failed, failures };
  return { passed, failed: 1, failures: ['NOT PASSED: an error outside any test: see "Unhandled" above'] };
}

async function main() {
  requireNode();
  await install();
  await build();
  const { code, passed, failed, failures } = await runTests(await obtainParts());
  if (passed + failed === 0) console.error('No test ran.');
  for (const failure of failures) console.log(failure);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(code !== 0 || failed > 0 || passed === 0 ? code || 1 : 0);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
