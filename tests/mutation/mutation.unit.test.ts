import { describe, expect, it } from 'vitest';
import { everyMutant, shippedPasses } from './everyMutant.js';
import { uncaught } from './judge.js';

/** The whole run is `npm run prove:mutations`. */
const EVERY = 20;

const mutants = everyMutant();
const sample = mutants.filter((_, index) => index % EVERY === 0);

describe('a rule set or layer with one value changed', () => {
  it('is what the sample is drawn from, thousands of them, no two the same', () => {
    expect(mutants.length).toBeGreaterThan(3_000);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it('is refused by the checks, or differs from a golden plan or a fact written by hand', () => {
    expect(sample.filter(({ verdict }) => uncaught.includes(verdict())).map(({ name }) => name)).toEqual([]);
  });

  it('is told from what ships, which nothing objects to', () => {
    expect(shippedPasses()).toBe(true);
  });
});
