/** Reads files of rules, with every problem of a file at once. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { formatProblem, type FileProblem } from '../rules/files/problem.js';
import type { Problem } from '../rules/plan/types.js';
import { readRulesText } from '../rules/ruleset/readRulesText.js';

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
  const { value, problems } = readRulesText(await textOf(file, what), { fileName: basename(file), schema, check });
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (value === undefined || errors.length > 0) throw new RuleSetFileError(file, errors, what);
  return value;
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
