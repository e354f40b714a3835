/**
 * A civil day, written `YYYY-MM-DD`, in the proleptic Gregorian calendar.
 *
 * Everything here is integer arithmetic on the text: no `Date`, no time zone, so the answer is the same on every machine.
 */
export type Day = string;

/** The text is no day: it has another form, or names a day that does not exist. */
export class InvalidDayError extends Error {
  override readonly name = 'InvalidDayError';

  constructor(
    readonly text: string,
    readonly reason: string,
  ) {
    super(`"${text}" is not a day: ${reason}`);
  }
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const MONTHS_PER_YEAR = 12;
const LAST_YEAR = 9999;

/** A plan writes and reads the same few hundred days again and again, so these are kept, in both directions, as they come up. */
const LAST_KEPT_NUMBER = 50_000;
const SHELF_BITS = 9;
const keptTexts: (Day | undefined)[][] = [];
const keptNumbers = new Map<Day, number>();

export type DayName = (typeof DAY_NAMES)[number];

interface Parts {
  year: number;
  /** 1 to 12. */
  month: number;
  dayOfMonth: number;
}

/** Checks that the text is a day that exists, and returns it. @throws InvalidDayError, which says what is wrong. */
export function parseDay(text: string): Day {
  partsOf(text);
  return text;
}

/** Whether the text is a day that exists: `2028-02-29` is one, `2027-02-29` and `2027-1-7` are not. */
export function isDay(text: string): boolean {
  try {
    partsOf(text);
    return true;
  } catch {
    return false;
  }
}

/** Days since 1970-01-01, which is 0; earlier days are negative. @throws InvalidDayError */
export function dayNumber(day: Day): number {
  return keptNumbers.get(day) ?? numberRead(day);
}

function numberRead(day: Day): number {
  const number = numberOf(partsOf(day));
  if (isKept(number)) keptNumbers.set(day, number);
  return number;
}

/** Bounded, so that no list of odd days fills the memory. */
const isKept = (number: number): boolean => number >= 0 && number <= LAST_KEPT_NUMBER;

/** The day with that number: the inverse of `dayNumber`. @throws RangeError outside the years 0000 to 9999. */
export function dayOfNumber(number: number): Day {
  if (!Number.isSafeInteger(number)) throw new RangeError(`${number} is not a day number`);
  if (!isKept(number)) return textOfNumber(number);
  const shelf = (keptTexts[number >> SHELF_BITS] ??= []);
  return (shelf[number & ((1 << SHELF_BITS) - 1)] ??= textOfNumber(number));
}

/** Monday is 1, Sunday is 7 (ISO 8601). */
export function weekdayOfNumber(number: number): number {
  // Day 0, 1970-01-01, was a Thursday.
  return ((((number + 3) % 7) + 7) % 7) + 1;
}

/** `2026-12-28` is a `Monday`. @throws InvalidDayError */
export function dayName(day: Day): DayName {
  return nameOfWeekday(weekdayOfNumber(dayNumber(day)));
}

/** The day that many days later; a negative amount is earlier. `2027-02-28` + 1 is `2027-03-01`. */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

/**
 * The same day of the month that many months later (negative: earlier). Where that month is too short, its last day:
 * `2027-01-31` + 1 is `2027-02-28`, `2028-03-31` - 1 is `2028-02-29`.
 */
export function addMonths(day: Day, months: number): Day {
  return textOf(monthsLater(partsOf(day), months));
}

/** `addMonths` for a day number, of any year. */
export function addMonthsToNumber(number: number, months: number): number {
  return numberOf(monthsLater(partsOfNumber(number), months));
}

function monthsLater({ year, month, dayOfMonth }: Parts, months: number): Parts {
  const monthIndex = year * MONTHS_PER_YEAR + (month - 1) + months;
  const targetYear = Math.floor(monthIndex / MONTHS_PER_YEAR);
  const targetMonth = monthIndex - targetYear * MONTHS_PER_YEAR + 1;
  return {
    year: targetYear,
    month: targetMonth,
    dayOfMonth: Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth)),
  };
}

/** For people, as the NHS style guide writes dates: `2027-05-22` is `Saturday 22 May 2027`. @throws InvalidDayError */
export function formatDay(day: Day): string {
  const { year, month, dayOfMonth } = partsOf(day);
  return `${dayName(day)} ${dayOfMonth} ${monthName(month)} ${year}`;
}

function partsOf(text: string): Parts {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const dayOfMonth = twoDigits(text, 8);
  const isWrittenSo = text.length === 10 && text.charCodeAt(4) === HYPHEN && text.charCodeAt(7) === HYPHEN;
  if (!isWrittenSo || Number.isNaN(year + month + dayOfMonth))
    throw new InvalidDayError(text, 'write it as YYYY-MM-DD, like 2027-01-07');
  const parts = { year, month, dayOfMonth };
  refuseImpossible(text, parts);
  return parts;
}

const ZERO = 48;
const HYPHEN = 45;

/** NaN where one of them is no digit. Every day of a plan comes through here, and a regular expression takes far longer. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const units = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN;
}

function refuseImpossible(text: string, { year, month, dayOfMonth }: Parts): void {
  if (month < 1 || month > MONTHS_PER_YEAR)
    throw new InvalidDayError(text, `there is no month ${month}; months go from 01 to 12`);
  const length = daysInMonth(year, month);
  if (dayOfMonth < 1 || dayOfMonth > length)
    throw new InvalidDayError(text, `${monthName(month)} ${year} has ${length} days`);
}

function textOfNumber(number: number): Day {
  return textOf(partsOfNumber(number));
}

function partsOfNumber(number: number): Parts {
  const year = yearOfNumber(number);
  const inYear = number - daysBeforeYear(year);
  let month = 1;
  while (month < MONTHS_PER_YEAR && daysBeforeMonth(year, month + 1) <= inYear) month += 1;
  return { year, month, dayOfMonth: inYear - daysBeforeMonth(year, month) + 1 };
}

function numberOf({ year, month, dayOfMonth }: Parts): number {
  return daysBeforeYear(year) + daysBeforeMonth(year, month) + dayOfMonth - 1;
}

function textOf({ year, month, dayOfMonth }: Parts): Day {
  if (!(year >= 0 && year <= LAST_YEAR)) throw new RangeError(`the year ${year} cannot be written with four digits`);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(dayOfMonth, 2)}`;
}

function padded(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}

function monthName(month: number): string {
  return MONTH_NAMES[month - 1] ?? '';
}

function nameOfWeekday(weekday: number): DayName {
  return DAY_NAMES[weekday - 1] ?? 'Sunday';
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

/** Leap days from year 1 up to and including that year. */
function leapDaysThrough(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

const LEAP_DAYS_BEFORE_1970 = leapDaysThrough(1969);

function daysBeforeYear(year: number): number {
  return 365 * (year - 1970) + leapDaysThrough(year - 1) - LEAP_DAYS_BEFORE_1970;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

function daysBeforeMonth(year: number, month: number): number {
  return (DAYS_BEFORE_MONTH[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
}

function yearOfNumber(number: number): number {
  // The average Gregorian year gives the right year or a neighbour of it.
  let year = 1970 + Math.floor(number / 365.2425);
  while (daysBeforeYear(year) > number) year -= 1;
  while (daysBeforeYear(year + 1) <= number) year += 1;
  return year;
}
