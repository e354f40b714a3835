import { existsSync } from 'node:fs';
import { loadLayerFile } from '../../config/loadLayers.js';
import type { RulesGiven } from '../../config/loadRules.js';
import { loadRuleSet, loadRuleSetFile } from '../../config/loadRuleSet.js';
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
  await readTextFile(named, 'a rule-set file');
  return loadRuleSetFile(named);
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
      await readTextFile(each, 'a layer file');
      const { over } = await loadLayerFile(each);
      return loadLayerFile(each, ruleSet?.id === over ? ruleSet : await loadRuleSet(over));
    }),
  );
  refuseTwice(layers);
  return { ...(ruleSet && { ruleSet }), layers };
}
