import { checkLayer } from '../rules/ruleset/checkLayer.js';
import { layerSchema, type Layer } from '../rules/ruleset/layerSchema.js';
import type { RuleSet } from '../rules/ruleset/schema.js';
import { readRules } from './readRules.js';
import { ruleFiles } from './ruleFolders.js';

/**
 * Reads and checks a layer's file.
 *
 * @param base the rule set that it is to lie over; without it, only the layer itself is checked
 * @throws RuleSetFileError, or what reading the file throws
 */
export async function loadLayerFile(file: string, base?: RuleSet): Promise<Layer> {
  return readRules(file, 'a layer', layerSchema, (layer) => (base === undefined ? [] : checkLayer(layer, base)));
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
  const layers = await Promise.all(named.map((file) => loadLayerFile(file)));
  return Promise.all(
    layers.map(async (layer, index) => (layer.over === base.id ? loadLayerFile(named[index] ?? '', base) : layer)),
  );
}

/** Every layer that can be read, for choices to be named. @throws SameIdError, RuleFolderError */
export async function allLayers(): Promise<Layer[]> {
  const files = await ruleFiles('layers');
  const readings = await Promise.allSettled([...files.values()].map((file) => loadLayerFile(file)));
  return readings.flatMap((reading) => (reading.status === 'fulfilled' ? [reading.value] : []));
}
