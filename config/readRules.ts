/** Reads files of rules, with every problem of a file at once. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { fileProblem } from '../rules/files/fromProblems.js';
import { formatProblem, type FileProblem } from '../rules/files/problem.js';
import { readYaml } from '../rules/files/readYaml.js';
import type { Problem } from '../rules/plan/types.js';

/** A file of rules that cannot be used: its message names every problem in it. */
export class RuleSetFileError extends Error {
  override readonly name = 'RuleSetFileError';

  constructor(
    readonly file: string,
    readonly problems: readonly FileProblem[],
    what = 'a rule set',
  ) {
    super([`${file} is not ${what} that can be used:`, ...problems.map(formatProblem)].join('\n'));
  }
}

/**
 * Reads and checks one file.
 *
 * @param what how people call it: `a rule set`, `a layer`
 * @throws RuleSetFileError, or what reading the file throws
 */
export async function readRules<T extends z.ZodType>(
  file: string,
  what: string,
  schema: T,
  check: (value: z.output<T>) => Problem[],
): Promise<z.output<T>> {
  const name = basename(file);
  const reading = readYaml(await textOf(file, what), name, schema);
  if (!reading.ok) throw new RuleSetFileError(file, reading.problems, what);
  const problems = check(reading.value).filter(({ severity }) => severity === 'error');
  if (problems.length === 0) return reading.value;
  throw new RuleSetFileError(
    file,
    problems.map((problem) => fileProblem(problem, name, reading.locate)),
    what,
  );
}

/** A name must not be damaged in silence. */
async function textOf(file: string, what: string): Promise<string> {
  const bytes = await readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const problem = { line: 1, column: 1, field: '', what: 'this is not UTF-8 text', fix: 'save it as UTF-8' };
    throw new RuleSetFileError(file, [{ file: basename(file), ...problem }], what);
  }
}
