/** What a cell of a spreadsheet says, as people write it. */
import { DateTime } from 'luxon';
import type { Day } from '../../rules/calendar/day.js';

/** Day before month, as in Britain; never the other way round. */
const DAY_FORMATS = [
  'yyyy-MM-dd',
  'd/M/yyyy',
  'd/M/yy',
  'd.M.yyyy',
  'd-M-yyyy',
  'd MMM yyyy',
  'd MMM yy',
  'd MMMM yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'EEE d MMM yyyy',
  'EEE d MMMM yyyy',
  'EEEE d MMMM yyyy',
];
/** What spreadsheets put behind a day that was given a time. */
const MIDNIGHT = /[T ]00:00(?::00)?$/;
const ORDINAL = /(?<=^(?:\w+ )?\d{1,2})(?:st|nd|rd|th)\b/;
/** What spreadsheets and exports of ours put before a text that could be taken for a formula. */
const GUARD = /^'(?=[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

const YES = new Set(['yes', 'y', 'true', 'done', 'complete', 'completed', 'x', '✓', '✔']);
const NO = new Set(['no', 'n', 'false', 'not done', 'outstanding', 'not yet']);

/** One line without spaces around it; a guard against formulas is taken off. */
export const cellText = (cell: string): string => cell.replaceAll(/\s+/g, ' ').trim().replace(GUARD, '');

/** How headers and names are compared: capitals and spaces do not matter. */
export const folded = (text: string): string => cellText(text).toLowerCase();

/**
 * A day: `2027-02-18`, `18/02/2027`, `18/2/27`, `18 Feb 2027` or `Thursday 18 February 2027`, whose weekday must be right.
 *
 * @returns undefined for anything else, `02/18/2027` and a spreadsheet's bare number among them
 */
export function dayOfCell(text: string): Day | undefined {
  const plain = text
    .replace(MIDNIGHT, '')
    .replaceAll(',', '')
    .replaceAll(/\bSept\b/gi, 'Sep')
    .replace(ORDINAL, '');
  const read = DAY_FORMATS.map((format) => DateTime.fromFormat(plain, format, { zone: 'utc', locale: 'en' }));
  return read.find(({ isValid }) => isValid)?.toFormat('yyyy-MM-dd');
}

/** Yes or no; undefined for anything else. */
export function yesNoOfCell(text: string): boolean | undefined {
  if (YES.has(folded(text))) return true;
  return NO.has(folded(text)) ? false : undefined;
}
