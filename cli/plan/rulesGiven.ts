import { loadLayerFile } from '../../config/loadLayers.js';
import type { RulesGiven } from '../../config/loadRules.js';
import { loadRuleSet, loadRuleSetFile } from '../../config/loadRuleSet.js';
import type { RuleOptions } from './ruleOptions.js';

/** Reads the files that a command names. @throws RuleSetFileError, or what reading a file throws */
export async function rulesGiven({ ruleSet: file, layer: files }: RuleOptions): Promise<RulesGiven> {
  const ruleSet = file === undefined ? undefined : await loadRuleSetFile(file);
  const layers = await Promise.all(
    files.map(async (each) => {
      const { over } = await loadLayerFile(each);
      return loadLayerFile(each, ruleSet?.id === over ? ruleSet : await loadRuleSet(over));
    }),
  );
  return { ...(ruleSet && { ruleSet }), layers };
}
