import { shippedLayers, shippedRuleSet } from '../golden/goldens.js';
import { judge, judgeLayer, type Verdict } from './judge.js';
import { mutantsOf, type Mutant } from './mutants.js';

/** A mutant, and what it takes to judge it. */
export interface Trial extends Mutant {
  verdict: () => Verdict;
}

/** Of the shipped rule set first, then of each shipped layer. */
export function everyMutant(): Trial[] {
  const ofRuleSet = mutantsOf(shippedRuleSet, shippedRuleSet).map((each) => ({ ...each, verdict: () => judge(each) }));
  const ofLayers = shippedLayers.flatMap((layer) =>
    mutantsOf(layer, shippedRuleSet).map((each) => ({ ...each, verdict: () => judgeLayer(layer.id, each) })),
  );
  return [...ofRuleSet, ...ofLayers];
}

/** Whether nothing objects to what ships, without which the verdicts would mean nothing. */
export function shippedPasses(): boolean {
  const layersPass = shippedLayers.every((layer) => judgeLayer(layer.id, { changed: layer }) === 'changes nothing');
  return layersPass && judge({ changed: shippedRuleSet }) === 'survives';
}
