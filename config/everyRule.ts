/** Every rule set and layer that an order could name, read and checked. */
import { allLayers } from './loadLayers.js';
import { loadRuleSet } from './loadRuleSet.js';
import { ruleFiles } from './ruleFolders.js';

/** Some layers cannot be used, which plans that do not name them never show. */
export class UnusableLayersError extends Error {
  override readonly name = 'UnusableLayersError';

  constructor(ids: readonly string[]) {
    super(`these layers of rules cannot be used: ${ids.join(', ')}`);
  }
}

/** Their ids with their versions. @throws what is wrong with the first rule set, or with the layers */
export async function everyRule(): Promise<string[]> {
  const sets = await Promise.all([...(await ruleFiles('ruleSets')).keys()].map(loadRuleSet));
  const layers = await allLayers();
  const unusable = [...(await ruleFiles('layers')).keys()].filter((id) => layers.every((layer) => layer.id !== id));
  if (unusable.length > 0) throw new UnusableLayersError(unusable);
  return [...sets, ...layers].map(({ id, version }) => `${id} ${version}`);
}
