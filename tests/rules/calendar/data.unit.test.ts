import { describe, expect, it } from 'vitest';
import { DIVISIONS } from '../../../rules/calendar/division.js';
import { calendarSchema } from '../../../rules/calendar/data.js';
import { dayName } from '../../../rules/calendar/day.js';
import { shipped } from './shippedCalendar.js';

const problemsOf = (change: object): string[] => {
  const issues = calendarSchema.safeParse({ ...shipped, ...change }).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

describe('the shipped calendar', () => {
  it('knows 2019 to 2028 in three divisions', () => {
    expect([shipped.from, shipped.horizon]).toEqual(['2019-01-01', '2028-12-31']);
    expect(DIVISIONS.map((division) => shipped.divisions[division].length)).toEqual([83, 94, 103]);
  });

  it('has every bank holiday on the day taken, never on a weekend', () => {
    const names = DIVISIONS.flatMap((division) => shipped.divisions[division].map(({ on }) => dayName(on)));
    expect(names.filter((name) => name === 'Saturday' || name === 'Sunday')).toEqual([]);
  });

  it('has the one-offs', () => {
    const titleOn = (division: (typeof DIVISIONS)[number], day: string) =>
      shipped.divisions[division].find(({ on }) => on === day)?.title;
    expect(titleOn('scotland', '2026-06-15')).toBe('World Cup bank holiday');
    expect(titleOn('england-and-wales', '2023-05-08')).toContain('coronation');
    expect(titleOn('england-and-wales', '2026-12-28')).toBe('Boxing Day (substitute day)');
    expect(titleOn('england-and-wales', '2020-05-08')).toContain('VE day');
  });
});

describe('a calendar file', () => {
  it('is refused with every problem at once', () => {
    const scotland = [
      { on: '2027-01-04', title: '2nd January (substitute day)' },
      { on: '2027-01-04', title: 'again' },
      { on: '2026-02-30', title: 'no such day' },
      { on: '2027-01-01', title: '' },
    ];
    expect(problemsOf({ surprise: true, divisions: { ...shipped.divisions, scotland } })).toEqual([
      'divisions.scotland.2.on: "2026-02-30" is not a day: February 2026 has 28 days',
      'divisions.scotland.3.title: must not be empty',
      'divisions.scotland.1.on: 2027-01-04 is there twice',
      'divisions.scotland.2.on: 2026-02-30 comes after 2027-01-04: put the days in order',
      ': Unrecognized key: "surprise"',
      'divisions.scotland: no bank holiday in 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2028: add them, or let from and horizon leave that out',
    ]);
  });

  it('is refused where a division is missing', () => {
    expect(problemsOf({ divisions: { ...shipped.divisions, scotland: undefined } })).toHaveLength(1);
    expect(problemsOf({ divisions: undefined })).toHaveLength(1);
  });

  it('is refused where a bank holiday is there twice or out of order', () => {
    const scotland = [
      { on: '2027-01-04', title: 'b' },
      { on: '2027-01-04', title: 'b' },
      { on: '2027-01-01', title: 'a' },
    ];
    const change = { from: '2027-01-01', horizon: '2027-12-31' };
    expect(
      calendarSchema
        .safeParse({
          ...shipped,
          ...change,
          divisions: { 'england-and-wales': scotland.slice(0, 1), scotland, 'northern-ireland': scotland.slice(0, 1) },
        })
        .error?.issues.map(({ message }) => message),
    ).toEqual(['2027-01-04 is there twice', '2027-01-01 comes after 2027-01-04: put the days in order']);
  });

  it('is refused where the horizon was moved without the bank holidays', () => {
    expect(problemsOf({ horizon: '2029-12-31' })).toEqual(
      DIVISIONS.map(
        (division) =>
          `divisions.${division}: no bank holiday in 2029: add them, or let from and horizon leave that out`,
      ),
    );
  });

  it('is refused where a bank holiday lies outside its span', () => {
    expect(problemsOf({ horizon: '2028-12-25' })).toContain(
      'divisions.england-and-wales.82.on: 2028-12-26 is outside 2019-01-01 to 2028-12-25',
    );
    expect(problemsOf({ horizon: '2018-12-31' })).toEqual(['horizon: 2018-12-31 is before the first day, 2019-01-01']);
  });
});
