/** Reads files of rules, with every problem of a file at once. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { z } from 'zod';
import { formatProblem, type FileProblem } from '../rules/files/problem.js';
import type { Problem } from '../rules/plan/types.js';
import { readRulesText, type RulesProblem } from '../rules/ruleset/readRulesText.js';

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

/** What a file is to hold. */
export interface RulesKind<T extends z.ZodType> {
  /** How people call it: `a rule set`, `a layer`. */
  what: string;
  schema: T;
  check: (value: z.output<T>) => Problem[];
  /** What can be told only beside something else, like the rule set that a layer lies over. */
  checkBeside?: (value: z.output<T>) => Promise<Problem[]>;
}

/** Reads and checks one file. @throws RuleSetFileError, or what reading the file throws */
export async function readRules<T extends z.ZodType>(file: string, kind: RulesKind<T>): Promise<z.output<T>> {
  return rulesInText(await textOf(file, kind.what), file, kind);
}

/** The same of a text that has been read. @param file its path, for messages */
export async function rulesInText<T extends z.ZodType>(
  text: string,
  file: string,
  { what, schema, check, checkBeside }: RulesKind<T>,
): Promise<z.output<T>> {
  const refuse = (problems: readonly RulesProblem[]): void => {
    const errors = problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new RuleSetFileError(file, errors, what);
  };
  const { value, problems, atLines } = readRulesText(text, { fileName: basename(file), schema, check });
  refuse(problems);
  if (value === undefined) throw new RuleSetFileError(file, problems, what);
  if (checkBeside !== undefined) refuse(atLines?.(await checkBeside(value)) ?? []);
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
