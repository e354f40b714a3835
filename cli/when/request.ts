import type { Day } from '../../rules/calendar/day.js';
import { leadTimeUnitSchema, type LeadTime } from '../../rules/calendar/leadTime.js';

/** A request that cannot be read. */
export class ShiftRequestError extends Error {
  override readonly name = 'ShiftRequestError';
}

export interface ShiftRequest extends LeadTime {
  date: Day;
}

/**
 * Reads the three words DATE AMOUNT UNIT; whether the date exists is left to the calendar.
 *
 * @throws ShiftRequestError, which says which word is wrong.
 */
export function readRequest(words: readonly string[]): ShiftRequest {
  const [date, amount, unit] = words;
  if (date === undefined || amount === undefined || unit === undefined || words.length > 3)
    throw new ShiftRequestError(
      `write DATE AMOUNT UNIT, like 2027-01-07 -5 workingDays (words found: ${words.length})`,
    );
  return { date, amount: readAmount(amount), unit: readUnit(unit) };
}

function readAmount(word: string): number {
  const amount = Number(word);
  if (!/^[+-]?\d+$/.test(word)) throw new ShiftRequestError(`"${word}" is not a whole number, like -5`);
  if (!Number.isSafeInteger(amount)) throw new ShiftRequestError(`"${word}" is too large a number`);
  // "-0" is 0.
  return amount + 0;
}

function readUnit(word: string): LeadTime['unit'] {
  const { data } = leadTimeUnitSchema.safeParse(word);
  if (data === undefined)
    throw new ShiftRequestError(`"${word}" is not a unit: use weeks, days, workingDays or months`);
  return data;
}
