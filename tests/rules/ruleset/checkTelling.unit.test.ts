import { describe, expect, it } from 'vitest';
import { checkTelling } from '../../../rules/ruleset/checkTelling.js';
import type { RuleSet } from '../../../rules/ruleset/schema.js';
import { shippedRuleSet } from '../../support/examples.js';

const shipped = shippedRuleSet();

const told = (changed: Partial<RuleSet>) =>
  checkTelling({ ...shipped, ...changed }).map(({ path, message }) => `${path?.join('.')}: ${message}`);

const { items, extracts, confirmation } = shipped;
const [first] = shipped.anchors;

describe('ladders of what is no rule', () => {
  it('tell somebody in the rule set that ships', () => {
    expect(told({})).toEqual([]);
  });

  it('need somebody to tell', () => {
    const ladders = { ...shipped.ladders, confirmation: [] };
    expect(told({ ladders })).toEqual(['confirmation.ladder: this ladder has no rung: nobody is ever told']);
  });

  it('tell no party where there is none', () => {
    expect(told({ confirmation: { ...confirmation, ladder: 'supplier' } })).toEqual([
      expect.stringMatching(/^confirmation\.ladder: this ladder tells a party/),
    ]);
    if (first !== undefined)
      expect(told({ anchors: [{ ...first, ladder: 'third-party' }] })).toEqual([
        expect.stringMatching(/^anchors\.0\.ladder: this ladder tells a party/),
      ]);
    if (items !== undefined)
      expect(
        told({
          items: { ...items, survey: { ...items.survey, ladders: { ...items.survey.ladders, csu: 'supplier' } } },
        }),
      ).toEqual([expect.stringMatching(/^items\.survey\.ladders\.csu: this ladder tells a party/)]);
  });

  it('deliver nothing where nothing is sent, and repeat nothing that has no first day', () => {
    expect(told({ confirmation: { ...confirmation, ladder: 'authorisation' } })).toEqual([
      expect.stringMatching(/^confirmation\.ladder: nothing is delivered/),
    ]);
    const hops = extracts.hops.map((hop, index) => (index === 2 ? { ...hop, ladder: 'survey-item' } : hop));
    expect(told({ extracts: { ...extracts, hops } })).toEqual([
      expect.stringMatching(/^extracts\.hops\.2\.ladder: a rung .* repeats itself/),
    ]);
  });
});
