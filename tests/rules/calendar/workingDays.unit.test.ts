import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIVISIONS } from '../../../rules/calendar/division.js';
import { PastHorizonError } from '../../../rules/calendar/pastHorizon.js';
import { createWorkingDayCalendar } from '../../../rules/calendar/workingDays.js';
import { anyDivision, knownDay, someClosures } from './arbitraries.js';
import { naiveCounter } from './naiveCounter.js';
import { calendarOf } from './shippedCalendar.js';

const england = calendarOf('england-and-wales');

const amounts = fc.oneof(fc.integer({ min: -60, max: 60 }), fc.integer({ min: -2_700, max: 2_700 }));

describe('counting working days', () => {
  it.each([
    // Thursday, over New Year's Day; Wednesday, over Good Friday and Easter Monday (rules.md, F).
    ['2027-01-07', -5, '2026-12-30'],
    ['2027-01-07', -10, '2026-12-21'],
    ['2027-03-31', -5, '2027-03-22'],
    ['2027-03-31', -10, '2027-03-15'],
    ['2026-12-30', 5, '2027-01-07'],
  ])('in England, %s and %i working days is %s', (day, amount, expected) => {
    expect(england.shiftWorkingDays(day, amount)).toBe(expected);
  });

  it('from a day that is not worked, the first working day met counts as 1', () => {
    // Saturday 9 January 2027.
    expect(england.shiftWorkingDays('2027-01-09', -1)).toBe('2027-01-08');
    expect(england.shiftWorkingDays('2027-01-09', 1)).toBe('2027-01-11');
    // Good Friday 26 March 2027.
    expect(england.shiftWorkingDays('2027-03-26', 1)).toBe('2027-03-30');
  });

  it('of 0 is the same day, worked or not', () => {
    expect(england.shiftWorkingDays('2027-01-09', 0)).toBe('2027-01-09');
    expect(england.shiftWorkingDays('2027-01-08', 0)).toBe('2027-01-08');
  });

  it('knows what each division takes off', () => {
    const worked = (day: string) => DIVISIONS.filter((division) => calendarOf(division).isWorkingDay(day));
    expect(worked('2027-01-04')).toEqual(['england-and-wales', 'northern-ireland']);
    expect(worked('2026-06-15')).toEqual(['england-and-wales', 'northern-ireland']);
    expect(worked('2027-07-12')).toEqual(['england-and-wales', 'scotland']);
    expect(worked('2027-03-29')).toEqual(['scotland']);
  });

  it('agrees with a day-by-day walk in every division, with closures, up to both edges', () => {
    fc.assert(
      fc.property(anyDivision, someClosures, knownDay, amounts, (division, closures, day, amount) => {
        const expected = naiveCounter(division, closures).shift(day, amount);
        const calendar = calendarOf(division, closures);
        if (expected === undefined) expect(() => calendar.shiftWorkingDays(day, amount)).toThrow(PastHorizonError);
        else expect(calendar.shiftWorkingDays(day, amount)).toBe(expected);
      }),
      { numRuns: 1_500 },
    );
  });

  it('undoes itself from a working day', () => {
    fc.assert(
      fc.property(anyDivision, knownDay, fc.integer({ min: -200, max: 200 }), (division, day, amount) => {
        const calendar = calendarOf(division);
        fc.pre(calendar.isWorkingDay(day) && day > '2020-01-01' && day < '2028-01-01');
        expect(calendar.shiftWorkingDays(calendar.shiftWorkingDays(day, amount), -amount)).toBe(day);
      }),
    );
  });

  it('refuses an amount that is not a whole number', () => {
    expect(() => england.shiftWorkingDays('2027-01-07', 1.5)).toThrow(RangeError);
    expect(() => england.shiftWorkingDays('2027-01-07', Number.NaN)).toThrow(RangeError);
  });
});

describe('working days between two days', () => {
  it('leaves out the first and counts the last', () => {
    expect(england.workingDaysBetween('2026-12-30', '2027-01-07')).toBe(5);
    expect(england.workingDaysBetween('2027-01-07', '2027-01-07')).toBe(0);
    // Due on Friday, looked at on Saturday: not a working day late yet.
    expect(england.workingDaysBetween('2027-01-08', '2027-01-09')).toBe(0);
    expect(england.workingDaysBetween('2027-01-07', '2026-12-30')).toBe(-5);
  });

  it('agrees with a day-by-day walk', () => {
    fc.assert(
      fc.property(anyDivision, someClosures, knownDay, knownDay, (division, closures, from, to) => {
        expect(calendarOf(division, closures).workingDaysBetween(from, to)).toBe(
          naiveCounter(division, closures).between(from, to) + 0,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('rolling', () => {
  it('leaves a working day where it is', () => {
    expect(england.rollBefore('2027-01-07')).toBe('2027-01-07');
    expect(england.rollAfter('2027-01-07')).toBe('2027-01-07');
  });

  it('passes a whole long weekend', () => {
    // Easter Sunday 28 March 2027.
    expect(england.rollBefore('2027-03-28')).toBe('2027-03-25');
    expect(england.rollAfter('2027-03-28')).toBe('2027-03-30');
  });

  it('always lands on the nearest working day of its side', () => {
    fc.assert(
      fc.property(anyDivision, knownDay, (division, day) => {
        fc.pre(day > '2019-01-31' && day < '2028-12-01');
        const [calendar, naive] = [calendarOf(division), naiveCounter(division)];
        expect(calendar.rollBefore(day)).toBe(naive.isWorked(day) ? day : naive.shift(day, -1));
        expect(calendar.rollAfter(day)).toBe(naive.isWorked(day) ? day : naive.shift(day, 1));
      }),
    );
  });
});

describe('why a day is not worked', () => {
  const closed = calendarOf('england-and-wales', [{ from: '2026-12-24', to: '2026-12-29', reason: 'Practice closed' }]);

  it('names the weekend, then the bank holiday, then the closure', () => {
    const days = ['23', '24', '25', '26', '27', '28', '29', '30'].map((day) => `2026-12-${day}`);
    expect(days.map((day) => closed.reasonNotWorking(day))).toEqual([
      undefined,
      'Practice closed',
      'Christmas Day',
      'Saturday',
      'Sunday',
      'Boxing Day (substitute day)',
      'Practice closed',
      undefined,
    ]);
  });

  it('a closure is passed over in counting', () => {
    expect(closed.shiftWorkingDays('2026-12-30', -1)).toBe('2026-12-23');
  });
});

describe('the edges of what is known', () => {
  it.each(['2018-12-31', '2029-01-01', '1970-01-01', '9999-12-31'])('%s is refused by every question', (day) => {
    const inside = '2027-01-07';
    const questions = [
      () => england.isWorkingDay(day),
      () => england.reasonNotWorking(day),
      () => england.shiftWorkingDays(day, 1),
      () => england.shiftWorkingDays(day, 0),
      () => england.workingDaysBetween(day, inside),
      () => england.workingDaysBetween(inside, day),
      () => england.rollBefore(day),
      () => england.rollAfter(day),
    ];
    for (const question of questions) expect(question).toThrow(PastHorizonError);
  });

  it('the last and the first working day are still reached, one more is not', () => {
    // Sunday 31 December 2028; New Year's Day 2019.
    expect(england.shiftWorkingDays('2028-12-28', 1)).toBe('2028-12-29');
    expect(() => england.shiftWorkingDays('2028-12-29', 1)).toThrow(PastHorizonError);
    expect(() => england.rollAfter('2028-12-31')).toThrow(PastHorizonError);
    expect(england.shiftWorkingDays('2019-01-03', -1)).toBe('2019-01-02');
    expect(() => england.shiftWorkingDays('2019-01-02', -1)).toThrow(PastHorizonError);
    expect(() => england.rollBefore('2019-01-01')).toThrow(PastHorizonError);
  });

  it('the refusal tells the day, the move, the edge and the division', () => {
    expect(() => england.shiftWorkingDays('2028-12-29', 3)).toThrow(
      '3 working days after 2028-12-29 is after 2028-12-31, the last day for which the bank holidays of england-and-wales are known',
    );
    expect(() => england.isWorkingDay('2018-12-31')).toThrow('2018-12-31 is before 2019-01-01, the first day');
    expect(() => england.shiftWorkingDays('2027-01-07', Number.MAX_SAFE_INTEGER)).toThrow(PastHorizonError);
  });

  it('a text that is no day is refused as such', () => {
    expect(() => england.isWorkingDay('2026-02-30')).toThrow('February 2026 has 28 days');
  });

  it('a span or closure that ends before it starts is refused', () => {
    const closures = [{ from: '2027-02-02', to: '2027-02-01', reason: 'Refit' }];
    expect(() => calendarOf('scotland', closures)).toThrow('closure "Refit": the last day, 2027-02-01');
    expect(() =>
      createWorkingDayCalendar({ division: 'scotland', holidays: [], from: '2027-01-02', horizon: '2027-01-01' }),
    ).toThrow(RangeError);
  });
});
