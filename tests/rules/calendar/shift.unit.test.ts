import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainShift } from '../../../rules/calendar/explainShift.js';
import { leadTimeSchema } from '../../../rules/calendar/leadTime.js';
import { PastHorizonError } from '../../../rules/calendar/pastHorizon.js';
import { HoursFromDayError, shift } from '../../../rules/calendar/shift.js';
import { anyDivision, knownDay } from './arbitraries.js';
import { calendarOf } from './shippedCalendar.js';

const england = calendarOf('england-and-wales');

const anyRoll = fc.constantFrom(undefined, 'before' as const, 'after' as const);
const anyUnit = fc.constantFrom('weeks' as const, 'days' as const, 'workingDays' as const, 'months' as const);

const outcome = (answer: () => string): string => {
  try {
    return answer();
  } catch (error) {
    return String(error);
  }
};

describe('shifting a day', () => {
  it.each([
    ['2027-01-07', -5, 'weeks', '2026-12-03'],
    ['2027-03-31', -5, 'weeks', '2027-02-24'],
    ['2027-01-07', -5, 'workingDays', '2026-12-30'],
    ['2027-03-31', -10, 'workingDays', '2027-03-15'],
    ['2027-01-07', -5, 'days', '2027-01-02'],
    ['2027-01-31', 1, 'months', '2027-02-28'],
    ['2027-01-09', 0, 'weeks', '2027-01-09'],
  ] as const)('%s and %i %s is %s', (day, amount, unit, expected) => {
    expect(shift(england, day, amount, unit)).toBe(expected);
  });

  it('rolls only where it is asked to', () => {
    // Five days before Thursday 7 January 2027 is a Saturday, after New Year's Day on Friday.
    expect(shift(england, '2027-01-07', -5, 'days')).toBe('2027-01-02');
    expect(shift(england, '2027-01-07', -5, 'days', { roll: 'before' })).toBe('2026-12-31');
    expect(shift(england, '2027-01-07', -5, 'days', { roll: 'after' })).toBe('2027-01-04');
    expect(shift(england, '2027-01-09', 0, 'workingDays', { roll: 'after' })).toBe('2027-01-11');
  });

  it('refuses hours, which need an instant', () => {
    expect(() => shift(england, '2027-01-07', -72, 'hours')).toThrow(HoursFromDayError);
  });

  it.each(['weeks', 'days', 'months'] as const)('refuses a day past the horizon in %s too', (unit) => {
    expect(() => shift(england, '2028-12-29', 30, unit)).toThrow(PastHorizonError);
    expect(() => shift(england, '2019-01-02', -30, unit)).toThrow(PastHorizonError);
    expect(() => shift(england, '2029-01-10', -30, unit)).toThrow(PastHorizonError);
    expect(() => shift(england, '2028-01-10', 9_007_199_254_740_991, unit)).toThrow(PastHorizonError);
  });

  it('an earlier day never gives a later answer', () => {
    fc.assert(
      fc.property(
        knownDay,
        knownDay,
        fc.integer({ min: -60, max: 60 }),
        anyUnit,
        anyRoll,
        (a, b, amount, unit, roll) => {
          const [earlier, later] = a < b ? [a, b] : [b, a];
          fc.pre(earlier > '2025-01-01' && later < '2028-06-01' && (unit !== 'months' || Math.abs(amount) < 6));
          fc.pre(!(later > '2027-10-01' && amount > 0));
          const [first, second] = [earlier, later].map((day) => shift(england, day, amount, unit, { roll }));
          expect(first && second && first <= second).toBe(true);
        },
      ),
    );
  });
});

describe('a lead time in a file', () => {
  it('is a whole amount of a known unit, and nothing else', () => {
    expect(leadTimeSchema.parse({ amount: -5, unit: 'workingDays' })).toEqual({ amount: -5, unit: 'workingDays' });
    const wrong = [
      { amount: 1.5, unit: 'days' },
      { amount: '5', unit: 'days' },
      { amount: 5, unit: 'fortnights' },
      { amount: 5, unit: 'days', roll: 'before' },
      { unit: 'days' },
    ];
    for (const value of wrong) expect(leadTimeSchema.safeParse(value).success).toBe(false);
  });
});

describe('explaining a shift', () => {
  it('tells working days one by one, with those passed over and why', () => {
    expect(explainShift(england, '2027-01-07', -5, 'workingDays')).toEqual({
      result: '2026-12-30',
      steps: [
        { day: '2027-01-06', counted: true, why: 'working day 1 of 5' },
        { day: '2027-01-05', counted: true, why: 'working day 2 of 5' },
        { day: '2027-01-04', counted: true, why: 'working day 3 of 5' },
        { day: '2027-01-03', counted: false, why: 'Sunday' },
        { day: '2027-01-02', counted: false, why: 'Saturday' },
        { day: '2027-01-01', counted: false, why: 'New Year’s Day' },
        { day: '2026-12-31', counted: true, why: 'working day 4 of 5' },
        { day: '2026-12-30', counted: true, why: 'working day 5 of 5' },
      ],
    });
  });

  it('tells a calendar unit in one step, then the rolling', () => {
    expect(explainShift(england, '2027-01-07', -5, 'days', { roll: 'before' })).toEqual({
      result: '2026-12-31',
      steps: [
        { day: '2027-01-02', counted: true, why: '5 days before Thursday 7 January 2027' },
        { day: '2027-01-02', counted: false, why: 'Saturday' },
        { day: '2027-01-01', counted: false, why: 'New Year’s Day' },
        { day: '2026-12-31', counted: false, why: 'moved to the working day before' },
      ],
    });
  });

  it('says when a month end was clamped', () => {
    expect(explainShift(england, '2027-01-31', 1, 'months').steps).toEqual([
      { day: '2027-02-28', counted: true, why: '1 month after Sunday 31 January 2027, the last day of that month' },
    ]);
  });

  it('has nothing to tell where nothing moved', () => {
    expect(explainShift(england, '2027-01-07', 0, 'weeks', { roll: 'before' })).toEqual({
      result: '2027-01-07',
      steps: [],
    });
  });

  it('always comes to the same day, or the same refusal, as the shift itself', () => {
    fc.assert(
      fc.property(
        anyDivision,
        knownDay,
        fc.integer({ min: -120, max: 120 }),
        anyUnit,
        anyRoll,
        (division, day, amount, unit, roll) => {
          const calendar = calendarOf(division);
          expect(outcome(() => explainShift(calendar, day, amount, unit, { roll }).result)).toBe(
            outcome(() => shift(calendar, day, amount, unit, { roll })),
          );
        },
      ),
    );
  });

  it('counts exactly the amount, only working days, and passes over only others', () => {
    fc.assert(
      fc.property(anyDivision, knownDay, fc.integer({ min: -60, max: 60 }), (division, day, amount) => {
        fc.pre(day > '2019-06-01' && day < '2028-06-01');
        const calendar = calendarOf(division);
        const { steps } = explainShift(calendar, day, amount, 'workingDays');
        expect(steps.filter(({ counted }) => counted)).toHaveLength(Math.abs(amount));
        for (const step of steps) expect(calendar.isWorkingDay(step.day)).toBe(step.counted);
      }),
    );
  });
});
