import { basename } from 'node:path';
import { loadRuleSet, loadRuleSetFile } from '../../config/loadRuleSet.js';
import { fileProblem } from '../../rules/files/fromProblems.js';
import { formatProblem, type FileProblem } from '../../rules/files/problem.js';
import { readYaml } from '../../rules/files/readYaml.js';
import type { Problem } from '../../rules/plan/types.js';
import { checkRuleSet } from '../../rules/ruleset/check.js';
import { checkLayer } from '../../rules/ruleset/checkLayer.js';
import { layerSchema } from '../../rules/ruleset/layerSchema.js';
import { ruleSetSchema } from '../../rules/ruleset/schema.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';

interface Located extends FileProblem {
  severity: Problem['severity'];
}

interface Checked {
  /** `rule set` or `layer`. */
  kind: string;
  name: string;
  problems: Located[];
}

/** A layer says what it lies over; nothing else in a file of rules is called that. */
const isLayer = (text: string): boolean => /^["']?over["']?\s*:/m.test(text);

/** Checks one file of rules and says everything that is wrong with it. @throws CommandFailure where it cannot be used */
export async function checkRulesFile(file: string, { over, json }: { over?: string; json?: true }): Promise<void> {
  const text = await readTextFile(file, 'a file of rules');
  const checked = isLayer(text) ? await checkedLayer(text, file, over) : checkedRuleSet(text, file);
  const errors = checked.problems.filter(({ severity }) => severity === 'error');
  const answer = { file, ...checked, usable: errors.length === 0 };
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : textOf(file, checked)}\n`);
  if (errors.length === 0) return;
  throw new CommandFailure(
    `${file} cannot be used: ${errors.length === 1 ? '1 error' : `${errors.length} errors`}`,
    WRONG_USE,
  );
}

function textOf(file: string, { kind, name, problems }: Checked): string {
  if (problems.length === 0) return `${file}: ${kind} ${name} can be used.`;
  return problems.map((problem) => `${problem.severity}: ${formatProblem(problem)}`).join('\n');
}

const unreadable = (kind: string, problems: readonly FileProblem[]): Checked => ({
  kind,
  name: '',
  problems: problems.map((problem) => ({ severity: 'error', ...problem })),
});

type Locate = Parameters<typeof fileProblem>[2];

const located = (problems: readonly Problem[], file: string, locate: Locate): Located[] =>
  problems.map((problem) => ({ severity: problem.severity, ...fileProblem(problem, basename(file), locate) }));

function checkedRuleSet(text: string, file: string): Checked {
  const reading = readYaml(text, basename(file), ruleSetSchema);
  if (!reading.ok) return unreadable('rule set', reading.problems);
  const { value, locate } = reading;
  return {
    kind: 'rule set',
    name: `${value.id} ${value.version}`,
    problems: located(checkRuleSet(value), file, locate),
  };
}

async function checkedLayer(text: string, file: string, over: string | undefined): Promise<Checked> {
  const reading = readYaml(text, basename(file), layerSchema);
  if (!reading.ok) return unreadable('layer', reading.problems);
  const { value, locate } = reading;
  const base = over === undefined ? await loadRuleSet(value.over) : await loadRuleSetFile(over);
  return {
    kind: 'layer',
    name: `${value.id} ${value.version}`,
    problems: located(checkLayer(value, base), file, locate),
  };
}
