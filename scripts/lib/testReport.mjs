import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/**
 * Counts of a vitest JSON report. A file that could not be loaded, and anything skipped or left open, counts as failed:
 * a run that tests less than it holds is not a passed run. Where vitest wrote no report, nothing ran.
 */
export async function countTests(reportFile) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 0 };
  const report = JSON.parse(await readFile(reportFile, 'utf8'));
  const passed = report.numPassedTests;
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  ).length;
  return { passed, failed: report.numTotalTests - passed + brokenFiles };
}
