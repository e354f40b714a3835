import { existsSync } from 'node:fs';
import { layerInText } from '../../config/loadLayers.js';
import type { RulesGiven } from '../../config/loadRules.js';
import { loadRuleSet, ruleSetInText } from '../../config/loadRuleSet.js';
import { slugSchema } from '../../rules/order/fields.js';
import type { Layer } from '../../rules/ruleset/layerSchema.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';
import type { RuleOptions } from './ruleOptions.js';

/** @param named the path of a file, or the id of a rule set that is in place */
async function ruleSetGiven(named: string): Promise<RuleSet> {
  const isId = slugSchema.safeParse(named).success && !existsSync(named);
  if (isId) return loadRuleSet(named);
  return ruleSetInText(await readTextFile(named, 'a rule-set file'), named);
}

function refuseTwice(layers: readonly Layer[]): void {
  const twice = layers.find(({ id }, index) => layers.findIndex((other) => other.id === id) < index);
  if (twice === undefined) return;
  throw new CommandFailure(`--layer: two files have the id "${twice.id}"; give one of them another id`, WRONG_USE);
}

/** Reads the files that a command names. @throws CommandFailure, RuleSetFileError, UnknownRuleSetError */
export async function rulesGiven({ ruleSet: named, layer: files }: RuleOptions): Promise<RulesGiven> {
  const ruleSet = named === undefined ? undefined : await ruleSetGiven(named);
  const layers = await Promise.all(
    files.map(async (each) => {
      const text = await readTextFile(each, 'a layer file');
      return layerInText(text, each, (over) => (ruleSet?.id === over ? ruleSet : loadRuleSet(over)));
    }),
  );
  refuseTwice(layers);
  return { ...(ruleSet && { ruleSet }), layers };
}
