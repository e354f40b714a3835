import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Counts of a vitest JSON report, and a line for each test that did not pass. A file that could not be loaded, and
 * anything skipped or left open, counts as failed: a run that tests less than it holds is not a passed run. Where
 * vitest wrote no report, nothing ran.
 */
export async function readReport(reportFile) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 0, failures: [] };
  const { numPassedTests: passed, testResults } = JSON.parse(await readFile(reportFile, 'utf8'));
  const failures = testResults.flatMap(failuresOfFile);
  return { passed, failed: failures.length, failures };
}

function failuresOfFile({ name, status, message, assertionResults }) {
  const failed = assertionResults.filter((test) => test.status !== 'passed');
  if (status === 'failed' && failed.length === 0) return [failureLine(name, 'the file itself', message)];
  return failed.map((test) => failureLine(name, test.fullName, test.failureMessages?.join('\n') || test.status));
}

function failureLine(file, test, message) {
  const [untilTheRunnersOwnFrames] = message.split(/\n\s+at [^\n]*node_modules/);
  return `NOT PASSED: ${path.relative('.', file)}: ${test}: ${untilTheRunnersOwnFrames.replaceAll(/\s+/g, ' ').slice(0, 600)}`;
}
