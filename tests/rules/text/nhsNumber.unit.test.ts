import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsNhsNumber } from '../../../rules/text/nhsNumber.js';

describe('holdsNhsNumber', () => {
  // 999… numbers are reserved for examples and belong to nobody; 943 476 5919 is the Data Dictionary's own.
  it.each([
    '943 476 5919',
    '9434765919',
    'about 999-000-0018, please ring',
    'a 943\u00a0476\u00a05919 b',
    '943 - 476 - 5919',
    '943.476.5919',
    '943\u2013476\u20115919',
    '943\u2009476\u30005919',
    '９４３４７６５９１９',
    '９４３　４７６　５９１９',
    '𝟗𝟒𝟑 𝟒𝟕𝟔 𝟓𝟗𝟏𝟗',
    '943\u200b476\u200b5919',
    '94\u00ad3476\u20605919',
    '\u202e943\t476\t5919\u202c',
    '943/476/5919',
    '943, 476, 5919',
    '943_476_5919',
    '94 34 76 59 19',
    '9 4 3 4 7 6 5 9 1 9',
    '٩٤٣٤٧٦٥٩١٩',
    '९४३ ४७६ ५९१९',
    'patient 943 476 5919, 2 letters, on 18/02/2027',
  ])('finds the number in "%s"', (text) => {
    expect(holdsNhsNumber(text)).toBe(true);
  });

  it.each([
    '943 476 5918',
    'ring 0300 000 0000',
    '19434765919',
    '94347659190',
    '',
    '12 records',
    '943 476',
    '2027-01-07 09:00',
    '01632 960111',
    '18/02/2027 09:30 and 12 more',
    '2027-02-18, 2027-03-11',
    '1, 2, 3, 4, 5, 6, 7, 8, 9, 10',
    '94 34 76 59 18',
  ])('finds none in "%s"', (text) => {
    expect(holdsNhsNumber(text)).toBe(false);
  });

  it('takes one last digit in eleven, or none where the check digit would be 10', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_000, max: 999_999_999 }), (nine) => {
        const valid = Array.from({ length: 10 }, (_, last) => `${nine}${last}`).filter(holdsNhsNumber);
        expect(valid.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
