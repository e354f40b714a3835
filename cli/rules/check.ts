import { basename } from 'node:path';
import { checkRulesText, isUsable, type CheckedRules } from '../../config/checkRules.js';
import { ruleSetInText } from '../../config/loadRuleSet.js';
import { formatProblem } from '../../rules/files/problem.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';

/** Checks one file of rules and says everything that is wrong with it. @throws CommandFailure where it cannot be used */
export async function checkRulesFile(file: string, { over, json }: { over?: string; json?: true }): Promise<void> {
  const text = await readTextFile(file, 'a file of rules');
  const base =
    over === undefined ? undefined : async () => ruleSetInText(await readTextFile(over, 'a rule-set file'), over);
  const checked = await checkRulesText(text, basename(file), base);
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  const answer = { file, ...checked, usable: isUsable(checked) };
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : textOf(file, checked)}\n`);
  if (errors.length === 0) return;
  throw new CommandFailure(
    `${file} cannot be used: ${errors.length === 1 ? '1 error' : `${errors.length} errors`}`,
    WRONG_USE,
  );
}

function textOf(file: string, checked: CheckedRules): string {
  const { kind, name, problems } = checked;
  const lines = problems.map((problem) => `${problem.severity}: ${formatProblem(problem)}`);
  return [...lines, ...(isUsable(checked) ? [`${file}: ${kind} ${name} can be used.`] : [])].join('\n');
}
