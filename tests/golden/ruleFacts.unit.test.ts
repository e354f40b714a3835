import { describe, expect, it } from 'vitest';
import { factsOf, readFacts } from './facts.js';
import { shippedRuleSet } from './goldens.js';

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
