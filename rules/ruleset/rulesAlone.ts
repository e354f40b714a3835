/** A rule set as it stands alone, ready to be shown. */
import { applyLayer } from './applyLayer.js';
import { entriesOf, type RulesShown } from './entries.js';
import type { Layer } from './layerSchema.js';
import type { RuleSet } from './schema.js';

/** @param layers over it, in the order in which they count */
export function rulesAlone(ruleSet: RuleSet, layers: readonly Layer[] = []): RulesShown {
  const rules = layers.reduce(applyLayer, { ...ruleSet, origins: {} });
  const used = layers.map(({ id, version }) => ({ id, version }));
  return entriesOf({ ...rules, layers: used, byParty: {}, forOthers: rules });
}
