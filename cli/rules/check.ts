import { basename } from 'node:path';
import { loadRuleSet, ruleSetInText, UnknownRuleSetError } from '../../config/loadRuleSet.js';
import { formatProblem } from '../../rules/files/problem.js';
import { error } from '../../rules/order/problem.js';
import type { Problem } from '../../rules/plan/types.js';
import { checkRuleSet } from '../../rules/ruleset/check.js';
import { checkLayer } from '../../rules/ruleset/checkLayer.js';
import { layerSchema, type Layer } from '../../rules/ruleset/layerSchema.js';
import { readRulesText, type ReadRules } from '../../rules/ruleset/readRulesText.js';
import { ruleSetSchema, type RuleSet } from '../../rules/ruleset/schema.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';

interface Checked {
  kind: 'rule set' | 'layer';
  /** Id and version; empty where the file has none that can be read. */
  name: string;
  problems: ReadRules<unknown>['problems'];
}

const OWN_KEY = /^["']?(?:over|level|changes)["']?\s*:/m;

/** In JSON, and in YAML that is written like it, keys follow a brace or a comma. */
const KEY_IN_BRACES = /[{,]\s*["']?(?:over|changes)["']?\s*:/;

/** A layer has keys of its own that a rule set does not have. */
const isLayer = (text: string): boolean =>
  OWN_KEY.test(text) || (text.trimStart().startsWith('{') && KEY_IN_BRACES.test(text));

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
  const lines = problems.map((problem) => `${problem.severity}: ${formatProblem(problem)}`);
  const isUsable = problems.every(({ severity }) => severity !== 'error');
  return [...lines, ...(isUsable ? [`${file}: ${kind} ${name} can be used.`] : [])].join('\n');
}

const checkedAs = (
  kind: Checked['kind'],
  { value, problems }: ReadRules<{ id: string; version: string }>,
): Checked => ({ kind, name: value === undefined ? '' : `${value.id} ${value.version}`, problems });

function checkedRuleSet(text: string, file: string): Checked {
  const reading = { fileName: basename(file), schema: ruleSetSchema, check: checkRuleSet };
  return checkedAs('rule set', readRulesText(text, reading));
}

async function checkedLayer(text: string, file: string, over: string | undefined): Promise<Checked> {
  const named = over ?? overOf(text);
  const base = await baseOf(over, named);
  const check = (layer: Layer): Problem[] =>
    typeof base === 'string' ? [error('rule-set', ['over'], base)] : checkLayer(layer, base);
  return checkedAs('layer', readRulesText(text, { fileName: basename(file), schema: layerSchema, check }));
}

/** The id of the rule set that a layer says it lies over. */
const overOf = (text: string): string => /["']?over["']?\s*:\s*["']?([a-z0-9-]+)/.exec(text)?.[1] ?? '';

/** The rule set, or why there is none. */
async function baseOf(file: string | undefined, id: string): Promise<RuleSet | string> {
  if (file !== undefined) return ruleSetInText(await readTextFile(file, 'a rule-set file'), file);
  try {
    return await loadRuleSet(id);
  } catch (cause) {
    if (cause instanceof UnknownRuleSetError) return cause.message;
    throw cause;
  }
}
