import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileProblem } from '../rules/files/fromProblems.js';
import { formatProblem, type FileProblem } from '../rules/files/problem.js';
import { readYaml } from '../rules/files/readYaml.js';
import { checkRuleSet } from '../rules/ruleset/check.js';
import { ruleSetSchema, type RuleSet } from '../rules/ruleset/schema.js';
import { nearest } from '../rules/text/nearest.js';

/** The rule sets that ship with the product. They lie beside this code, in the source as in the build. */
const SHIPPED = new URL('./rulesets/', import.meta.url);

/** A rule set that cannot be used: its message names every problem in the file. */
export class RuleSetFileError extends Error {
  override readonly name = 'RuleSetFileError';

  constructor(
    readonly file: string,
    readonly problems: readonly FileProblem[],
  ) {
    super([`${file} is not a rule set that can be used:`, ...problems.map(formatProblem)].join('\n'));
  }
}

/** No shipped rule set has that id. */
export class UnknownRuleSetError extends Error {
  override readonly name = 'UnknownRuleSetError';

  constructor(
    readonly id: string,
    readonly known: readonly string[],
  ) {
    super(`there is no rule set "${id}"; use one of ${known.join(', ')}`);
  }
}

/** Ids of the rule sets that ship with the product. */
export async function shippedRuleSets(): Promise<string[]> {
  const files = await readdir(SHIPPED);
  return files.flatMap((file) => (file.endsWith('.yaml') ? [basename(file, '.yaml')] : []));
}

/**
 * Reads and checks a rule set that ships with the product, by its id.
 *
 * @throws UnknownRuleSetError, RuleSetFileError
 */
export async function loadRuleSet(id: string): Promise<RuleSet> {
  const known = await shippedRuleSets();
  // Only a name from the folder is ever made into a path.
  if (!known.includes(id)) throw new UnknownRuleSetError(id, nearest(id, known, known.length));
  return loadRuleSetFile(fileURLToPath(new URL(`${id}.yaml`, SHIPPED)));
}

/** Reads and checks a rule-set file. @throws RuleSetFileError, or what reading the file throws */
export async function loadRuleSetFile(file: string): Promise<RuleSet> {
  const reading = readYaml(await readFile(file, 'utf8'), basename(file), ruleSetSchema);
  if (!reading.ok) throw new RuleSetFileError(file, reading.problems);
  const problems = checkRuleSet(reading.value);
  if (problems.length === 0) return reading.value;
  throw new RuleSetFileError(
    file,
    problems.map((problem) => fileProblem(problem, basename(file), reading.locate)),
  );
}
