import { describe, expect, it } from 'vitest';
import { CalendarGapError, compareCalendars, isSame, withKnownPast } from '../../../rules/calendar/compareCalendars.js';
import { calendarSchema, type CalendarData } from '../../../rules/calendar/data.js';
import { shipped } from './shippedCalendar.js';

const asOf = '2026-11-23';

const changed = (edit: (calendar: CalendarData) => void): CalendarData => {
  const calendar = structuredClone(shipped);
  edit(calendar);
  return calendar;
};

const without = (on: string, calendar: CalendarData = shipped): CalendarData => ({
  ...calendar,
  divisions: {
    ...calendar.divisions,
    'england-and-wales': calendar.divisions['england-and-wales'].filter((day) => day.on !== on),
  },
});

const english = (after: CalendarData, before = shipped) =>
  compareCalendars(before, after, asOf).divisions['england-and-wales'];

describe('comparing calendars', () => {
  it('finds nothing between a calendar and itself', () => {
    expect(isSame(compareCalendars(shipped, shipped, asOf))).toBe(true);
  });

  it('raises the alarm for a day removed from the past or the coming twelve months, not for one further off', () => {
    // 3 May 2027 is within twelve months; Monday 1 May 2028 is not.
    expect(english(without('2027-05-03'))).toMatchObject([{ kind: 'removed', on: '2027-05-03', alarming: true }]);
    expect(english(without('2020-05-08'))).toMatchObject([{ kind: 'removed', alarming: true }]);
    expect(english(without('2028-05-01'))).toMatchObject([{ kind: 'removed', alarming: false }]);
  });

  it('raises the alarm for a day that has become a bank holiday within what was known', () => {
    expect(english(shipped, without('2027-05-03'))).toMatchObject([
      { kind: 'added', on: '2027-05-03', alarming: true },
    ]);
  });

  it('tells a day that moved from one removed and one added', () => {
    const moved = changed(({ divisions }) => {
      const day = divisions['england-and-wales'].find(({ on }) => on === '2027-05-03');
      if (day) day.on = '2027-05-07';
    });
    expect(english(moved)).toEqual([
      { kind: 'moved', on: '2027-05-03', to: '2027-05-07', title: 'Early May bank holiday', alarming: true },
    ]);
  });

  it('tells a day that is only called something else', () => {
    const renamed = changed(({ divisions }) => {
      const day = divisions['england-and-wales'].find(({ on }) => on === '2027-05-03');
      if (day) day.title = 'May Day';
    });
    expect(english(renamed)).toEqual([
      { kind: 'renamed', on: '2027-05-03', title: 'May Day', before: 'Early May bank holiday', alarming: false },
    ]);
  });

  it('finds a horizon that moved without a single day', () => {
    expect(isSame(compareCalendars(shipped, { ...shipped, horizon: '2028-12-30' }, asOf))).toBe(false);
  });
});

describe('keeping the past that a new list has dropped', () => {
  const later = (from: string): CalendarData => ({
    ...shipped,
    version: 'new',
    from,
    divisions: {
      'england-and-wales': shipped.divisions['england-and-wales'].filter(({ on }) => on >= from),
      scotland: shipped.divisions.scotland.filter(({ on }) => on >= from),
      'northern-ireland': shipped.divisions['northern-ireland'].filter(({ on }) => on >= from),
    },
  });

  it('joins the known years before the first year of the new list', () => {
    const joined = withKnownPast(shipped, later('2021-01-01'));
    expect(joined).toEqual({ ...shipped, version: 'new' });
    expect(calendarSchema.safeParse(joined).success).toBe(true);
  });

  it('lets the new list win from its first day on', () => {
    const fresh = without('2021-05-03', later('2021-01-01'));
    const days = withKnownPast(shipped, fresh).divisions['england-and-wales'].map(({ on }) => on);
    expect(days).toContain('2020-05-08');
    expect(days).not.toContain('2021-05-03');
  });

  it('takes a list that goes back further as it is', () => {
    expect(withKnownPast(later('2022-01-01'), shipped)).toBe(shipped);
  });

  it('refuses a list that leaves days unknown, and takes one that begins the day after', () => {
    const old = { ...shipped, horizon: '2021-12-31' };
    expect(() => withKnownPast(old, later('2023-01-01'))).toThrow(CalendarGapError);
    expect(withKnownPast(old, later('2022-01-01')).from).toBe('2019-01-01');
  });
});
