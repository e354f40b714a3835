import { describe, expect, it } from 'vitest';
import { factsOf, readFacts } from './facts.js';
import { shippedLayers, shippedRuleSet } from './goldens.js';
import { factsWith, layersWithFacts, readFactsWith } from './layerFacts.js';

const said = factsOf(shippedRuleSet);
const written = readFacts();

describe('the shipped rule set, ticked off row by row against facts written by hand', () => {
  it.each(Object.keys(written))('says the same about %s', (part) => {
    expect(said[part]).toEqual(written[part]);
  });

  it('says nothing that was not written by hand', () => {
    expect(Object.keys(said).toSorted()).toEqual(Object.keys(written).toSorted());
  });
});

describe('the shipped layers, ticked off in the same way', () => {
  it('are those that the facts name', () => {
    expect(shippedLayers.map(({ id }) => id).toSorted()).toEqual(layersWithFacts().toSorted());
  });

  it.each(shippedLayers)('make of the rule set what was written by hand: $id', (layer) => {
    expect(factsWith(layer)).toEqual(readFactsWith(layer.id));
  });
});
