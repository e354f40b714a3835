import { describe, expect, it } from 'vitest';
import { shippedRuleSet } from '../golden/goldens.js';
import { judge, uncaught } from './judge.js';
import { mutantsOf } from './mutants.js';

/** The whole run is `npm run prove:mutations`. */
const EVERY = 20;

const mutants = mutantsOf(shippedRuleSet);
const sample = mutants.filter((_, index) => index % EVERY === 0);

describe('a rule set with one value changed', () => {
  it('is what the sample is drawn from, thousands of them', () => {
    expect(mutants.length).toBeGreaterThan(3_000);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  });

  it('is refused by the checks, or differs from a golden plan or a fact written by hand', () => {
    expect(sample.filter((mutant) => uncaught.includes(judge(mutant))).map(({ name }) => name)).toEqual([]);
  });

  it('is told from the shipped one, which nothing objects to', () => {
    expect(judge({ name: 'unchanged', key: '', ruleSet: shippedRuleSet })).toBe('survives');
  });
});
