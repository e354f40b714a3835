import { checkLayer } from '../rules/ruleset/checkLayer.js';
import { layerSchema, type Layer } from '../rules/ruleset/layerSchema.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { readRules, rulesInText, type RulesKind } from './readRules.js';
import { ruleFiles } from './ruleFolders.js';

/** The rule set of that id, over which a layer is to be checked; undefined where only the layer itself is. */
type BaseOf = (id: string) => RuleSet | undefined | Promise<RuleSet | undefined>;

const layerOver = (baseOf: BaseOf): RulesKind<typeof layerSchema> => ({
  what: 'a layer',
  schema: layerSchema,
  check: () => [],
  checkBeside: async (layer) => {
    const base = await baseOf(layer.over);
    return base === undefined ? [] : checkLayer(layer, base);
  },
});

/** Reads and checks a layer's file. @throws RuleSetFileError, or what reading the file throws */
async function loadLayerFile(file: string, baseOf: BaseOf): Promise<Layer> {
  return readRules(file, layerOver(baseOf));
}

/** The same of a text that has been read. @param file its path, for messages */
export async function layerInText(text: string, file: string, baseOf: BaseOf): Promise<Layer> {
  return rulesInText(text, file, layerOver(baseOf));
}

/**
 * Those of the layers named that there are; one that lies over another rule set is not checked against this one.
 *
 * @throws RuleSetFileError, SameIdError
 */
export async function loadLayers(ids: readonly string[], base: RuleSet): Promise<Layer[]> {
  if (ids.length === 0) return [];
  const files = await ruleFiles('layers');
  const named = ids.flatMap((id) => files.get(id) ?? []);
  return Promise.all(named.map((file) => loadLayerFile(file, (over) => (over === base.id ? base : undefined))));
}

/** Every layer that can be read, for choices to be named. @throws SameIdError, RuleFolderError */
export async function allLayers(): Promise<Layer[]> {
  const files = await ruleFiles('layers');
  const readings = await Promise.allSettled([...files.values()].map((file) => loadLayerFile(file, () => undefined)));
  return readings.flatMap((reading) => (reading.status === 'fulfilled' ? [reading.value] : []));
}
