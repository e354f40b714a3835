/** Reads a text of rules with everything that is wrong with it: what a field cannot be, and what its values cannot mean. */
import type { z } from 'zod';
import { fileProblem } from '../files/fromProblems.js';
import type { FileProblem } from '../files/problem.js';
import { readYaml, type BrokenValue } from '../files/readYaml.js';
import type { Problem } from '../plan/types.js';
import { salvageRules } from './salvage.js';

export interface RulesProblem extends FileProblem {
  severity: Problem['severity'];
}

export interface ReadRules<T> {
  /** Set where the text has the right form; it is sound where no problem is an error. */
  value?: T;
  /** Set with the value: further problems of it, each with its line. */
  atLines?: (problems: readonly Problem[]) => RulesProblem[];
  /** In the order of the file. */
  problems: RulesProblem[];
}

export interface RulesReading<T extends z.ZodType> {
  /** How the reader of the problems knows the text. */
  fileName: string;
  schema: T;
  /** Everything that one field cannot tell. */
  check: (value: z.output<T>) => Problem[];
}

/** Reads and checks; where a field is wrong, what can be checked without it is checked too. */
export function readRulesText<T extends z.ZodType>(text: string, reading: RulesReading<T>): ReadRules<z.output<T>> {
  const { fileName, schema, check } = reading;
  const read = readYaml(text, fileName, schema);
  if (read.ok) {
    const atLines = (problems: readonly Problem[]): RulesProblem[] =>
      inOrder(problems.map((problem) => located(problem, fileName, read.locate)));
    return { value: read.value, problems: atLines(check(read.value)), atLines };
  }
  const wrong = read.problems.map((problem): RulesProblem => ({ severity: 'error', ...problem }));
  const more = read.broken === undefined ? [] : furtherProblems(read.broken, reading);
  return { problems: inOrder([...wrong, ...more]) };
}

const located = (problem: Problem, fileName: string, locate: BrokenValue['locate']): RulesProblem => ({
  severity: problem.severity,
  ...fileProblem(problem, fileName, locate),
});

/** In the order of the file; what is wrong with one place for several reasons of the same words is told once. */
function inOrder(problems: readonly RulesProblem[]): RulesProblem[] {
  const isSame = (a: RulesProblem, b: RulesProblem): boolean =>
    a.line === b.line && a.field === b.field && a.what === b.what;
  return problems
    .filter((problem, index) => problems.findIndex((other) => isSame(other, problem)) === index)
    .toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function furtherProblems<T extends z.ZodType>(
  { value, issues, locate }: BrokenValue,
  { fileName, schema, check }: RulesReading<T>,
): RulesProblem[] {
  const salvaged = salvageRules(value, issues, schema);
  if (salvaged === undefined) return [];
  return check(salvaged.value)
    .filter(salvaged.isTrusted)
    .map((problem) => located(problem, fileName, locate));
}
