/** What a year of bank holidays usually looks like: enough to notice a list that was cut or mistyped. */
import type { BankHoliday } from './data.js';
import type { Division } from './division.js';

/** Bank holidays in a year without one-offs. */
export const usualCount: Readonly<Record<Division, number>> = {
  'england-and-wales': 8,
  scotland: 9,
  'northern-ireland': 10,
};

const inEveryDivision = ['New Year’s Day', 'Good Friday', 'Christmas Day', 'Boxing Day'];

/** Scotland has no bank holiday on Easter Monday. */
const usualDays: Readonly<Record<Division, readonly string[]>> = {
  'england-and-wales': [...inEveryDivision, 'Easter Monday'],
  scotland: inEveryDivision,
  'northern-ireland': [...inEveryDivision, 'Easter Monday'],
};

export const yearOf = ({ on }: Pick<BankHoliday, 'on'>): string => on.slice(0, 4);

/** `Boxing Day (substitute day)` is Boxing Day, with either apostrophe and any capitals. */
export function plainTitle(title: string): string {
  return title
    .replace(/\s*\(substitute day\)$/i, '')
    .replaceAll("'", '’')
    .toLowerCase();
}

/** The days that every year of a division has and this one lacks, a substitute day counting as the day itself. */
export function missingUsualDays(division: Division, holidays: readonly BankHoliday[], year: string): string[] {
  const titles = new Set(holidays.filter((holiday) => yearOf(holiday) === year).map((each) => plainTitle(each.title)));
  return usualDays[division].filter((day) => !titles.has(plainTitle(day)));
}
