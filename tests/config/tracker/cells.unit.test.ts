import { describe, expect, it } from 'vitest';
import { cellText, dayOfCell, yesNoOfCell } from '../../../config/tracker/cells.js';

describe('a cell of a tracker', () => {
  it.each([
    '2027-02-18',
    '18/02/2027',
    '18/2/27',
    '18.02.2027',
    '18-02-2027',
    '18 Feb 2027',
    '18 February 2027',
    'Thu 18 Feb 2027',
    'Thursday 18 February 2027',
    '18th February 2027',
    '18-Feb-27',
    '2027-02-18 00:00:00',
  ])('is the 18th of February as "%s"', (text) => {
    expect(dayOfCell(text)).toBe('2027-02-18');
  });

  it.each(['02/18/2027', '31/02/2027', 'Fri 18 Feb 2027', '46436', 'TBC', 'early March', '18/02', '18/02/2027?'])(
    'is no day as "%s", and never guessed',
    (text) => {
      expect(dayOfCell(text)).toBeUndefined();
    },
  );

  it('says yes, no, or neither', () => {
    expect(['Yes', ' X ', 'DONE', '✓'].map(yesNoOfCell)).toEqual([true, true, true, true]);
    expect(['No', 'Outstanding'].map(yesNoOfCell)).toEqual([false, false]);
    expect(yesNoOfCell('in hand')).toBeUndefined();
  });

  it('is one line without spaces around it, and without the guard that keeps a formula away', () => {
    expect(cellText('  Harbour \r\n Road\u00A0 ')).toBe('Harbour Road');
    expect(cellText("'+44 1632 960143")).toBe('+44 1632 960143');
    expect(cellText("'\uFF1DA1")).toBe('\uFF1DA1');
    expect(cellText("'t Huis")).toBe("'t Huis");
  });
});
