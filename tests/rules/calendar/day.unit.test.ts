import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayName,
  dayNumber,
  dayOfNumber,
  formatDay,
  InvalidDayError,
  isDay,
  parseDay,
} from '../../../rules/calendar/day.js';
import { daySchema } from '../../../rules/calendar/daySchema.js';
import { anyDay } from './arbitraries.js';

describe('reading a day', () => {
  it.each(['2027-01-07', '2028-02-29', '2000-02-29', '1969-12-31', '0000-02-29', '9999-12-31'])('takes %s', (text) => {
    expect(parseDay(text)).toBe(text);
    expect(isDay(text)).toBe(true);
  });

  it.each([
    ['2026-02-30', '"2026-02-30" is not a day: February 2026 has 28 days'],
    ['2100-02-29', '"2100-02-29" is not a day: February 2100 has 28 days'],
    ['2026-04-31', '"2026-04-31" is not a day: April 2026 has 30 days'],
    ['2026-01-00', '"2026-01-00" is not a day: January 2026 has 31 days'],
    ['2026-13-01', '"2026-13-01" is not a day: there is no month 13; months go from 01 to 12'],
    ['2026-00-01', '"2026-00-01" is not a day: there is no month 0; months go from 01 to 12'],
  ])('refuses %s, which does not exist, and says why', (text, message) => {
    expect(() => parseDay(text)).toThrow(new InvalidDayError(text, message.split(': ')[1] ?? ''));
    expect(() => parseDay(text)).toThrow(message);
    expect(isDay(text)).toBe(false);
  });

  it.each([
    '',
    '2027-1-7',
    '07/01/2027',
    '20270107',
    '2027-01-07T00:00',
    ' 2027-01-07',
    '2027-01-07\n',
    '+12027-01-07',
  ])('refuses %j, which is written in another way, and shows how to write it', (text) => {
    expect(() => parseDay(text)).toThrow('write it as YYYY-MM-DD, like 2027-01-07');
  });

  it('gives the same message in a file that people write', () => {
    expect(daySchema.safeParse('2026-02-30').error?.issues[0]?.message).toBe(
      '"2026-02-30" is not a day: February 2026 has 28 days',
    );
    expect(daySchema.safeParse(20270107).error?.issues[0]?.message).toContain('YYYY-MM-DD');
  });
});

describe('the number of a day', () => {
  it('is 0 on 1 January 1970, and negative before', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1969-12-31')).toBe(-1);
  });

  it('agrees with the platform from the year 0000 to 9999, there and back', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayNumber(day)).toBe(Date.parse(day) / 86_400_000);
        expect(dayOfNumber(dayNumber(day))).toBe(day);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused where the year has more than four digits', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError);
  });
});

describe('moving by days and months', () => {
  it('crosses month ends and leap days', () => {
    expect(addDays('2027-02-28', 1)).toBe('2027-03-01');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
  });

  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2028-03-31', -1, '2028-02-29'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2027-01-15', -1, '2026-12-15'],
    ['2027-01-15', -13, '2025-12-15'],
    ['2026-11-30', 0, '2026-11-30'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('by months lands in the month meant, on the same day of the month or on its last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, months) => {
        const [year = 0, month = 0, dayOfMonth = 0] = day.split('-').map(Number);
        // The platform reads the years 0 to 99 as 1900 to 1999.
        fc.pre(year >= 150 && year < 9900);
        const lastOfTarget = new Date(Date.UTC(year, month - 1 + months + 1, 0));
        const expected = new Date(lastOfTarget);
        expected.setUTCDate(Math.min(dayOfMonth, lastOfTarget.getUTCDate()));
        expect(addMonths(day, months)).toBe(expected.toISOString().slice(0, 10));
      }),
    );
  });
});

describe('a day for people', () => {
  it('is written as the NHS writes dates', () => {
    expect(formatDay('2027-05-22')).toBe('Saturday 22 May 2027');
    expect(formatDay('2027-01-07')).toBe('Thursday 7 January 2027');
  });

  it('has the weekday of the platform', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const expected = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(Date.parse(day));
        expect(dayName(day)).toBe(expected);
      }),
    );
  });
});
