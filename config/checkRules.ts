/** Checks a text of rules, a rule set or a layer over one, and says everything that is wrong with it. */
import { error } from '../rules/order/problem.js';
import type { Problem } from '../rules/plan/types.js';
import { checkRuleSet } from '../rules/ruleset/check.js';
import { checkLayer } from '../rules/ruleset/checkLayer.js';
import { layerSchema, type Layer } from '../rules/ruleset/layerSchema.js';
import { readRulesText, type ReadRules } from '../rules/ruleset/readRulesText.js';
import { ruleSetSchema, type RuleSet } from '../rules/ruleset/schema.js';
import { loadRuleSet, UnknownRuleSetError } from './loadRuleSet.js';

export interface CheckedRules {
  kind: 'rule set' | 'layer';
  /** Id and version; empty where the text has none that can be read. */
  name: string;
  problems: ReadRules<unknown>['problems'];
}

const OWN_KEY = /^["']?(?:over|level|changes)["']?\s*:/m;

/** In JSON, and in YAML that is written like it, keys follow a brace or a comma. */
const KEY_IN_BRACES = /[{,]\s*["']?(?:over|changes)["']?\s*:/;

/** A layer has keys of its own that a rule set does not have. */
const isLayer = (text: string): boolean =>
  OWN_KEY.test(text) || (text.trimStart().startsWith('{') && KEY_IN_BRACES.test(text));

/**
 * @param over the rule set that a layer lies over; the one that it names unless given
 * @throws RuleSetFileError, SameIdError, RuleFolderError of the rule set that it names
 */
export async function checkRulesText(
  text: string,
  fileName: string,
  over?: () => Promise<RuleSet>,
): Promise<CheckedRules> {
  if (!isLayer(text))
    return checkedAs('rule set', readRulesText(text, { fileName, schema: ruleSetSchema, check: checkRuleSet }));
  const base = over === undefined ? await baseOf(overOf(text)) : await over();
  const check = (layer: Layer): Problem[] =>
    typeof base === 'string' ? [error('rule-set', ['over'], base)] : checkLayer(layer, base);
  return checkedAs('layer', readRulesText(text, { fileName, schema: layerSchema, check }));
}

export const isUsable = ({ problems }: Pick<CheckedRules, 'problems'>): boolean =>
  problems.every(({ severity }) => severity !== 'error');

const checkedAs = (
  kind: CheckedRules['kind'],
  { value, problems }: ReadRules<{ id: string; version: string }>,
): CheckedRules => ({ kind, name: value === undefined ? '' : `${value.id} ${value.version}`, problems });

/** The id of the rule set that a layer says it lies over. */
const overOf = (text: string): string => /["']?over["']?\s*:\s*["']?([a-z0-9-]+)/.exec(text)?.[1] ?? '';

/** The rule set, or why there is none. */
async function baseOf(id: string): Promise<RuleSet | string> {
  try {
    return await loadRuleSet(id);
  } catch (cause) {
    if (cause instanceof UnknownRuleSetError) return cause.message;
    throw cause;
  }
}
