import { describe, expect, it } from 'vitest';
import type { CalendarData } from '../../../rules/calendar/data.js';
import { inspectCalendar } from '../../../rules/calendar/inspectCalendar.js';
import { shipped } from './shippedCalendar.js';

const changed = (edit: (calendar: CalendarData) => void): CalendarData => {
  const calendar = structuredClone(shipped);
  edit(calendar);
  return calendar;
};

const warningsOf = (calendar: CalendarData, asOf: string) =>
  inspectCalendar(calendar, asOf).flatMap(({ severity, division, message }) =>
    severity === 'warning' ? [`${division ?? 'all'}: ${message}`] : [],
  );

describe('inspecting a calendar', () => {
  it('has nothing against the one that ships, and notes the years with bank holidays given once', () => {
    const findings = inspectCalendar(shipped, '2026-11-23');
    expect(
      findings.map(({ severity, division, message }) => `${severity} ${division ?? ''} ${message.slice(0, 11)}`),
    ).toEqual([
      'note england-and-wales 2022 has 10',
      'note england-and-wales 2023 has 9 ',
      'note scotland 2022 has 11',
      'note scotland 2023 has 10',
      'note scotland 2026 has 10',
      'note northern-ireland 2022 has 12',
      'note northern-ireland 2023 has 11',
    ]);
  });

  it('warns from the day on which less than twelve months are left', () => {
    expect(warningsOf(shipped, '2027-12-31')).toEqual([]);
    expect(warningsOf(shipped, '2028-01-01')).toEqual([expect.stringContaining('ends on Sunday 31 December 2028')]);
    expect(warningsOf(shipped, '2029-01-01')).toEqual([expect.stringContaining('it ended on')]);
    expect(warningsOf(shipped, '2018-12-31')).toEqual([expect.stringContaining('it begins on')]);
  });

  it('warns of a year that lacks a day that every year has, which leaves it a day short', () => {
    const without = changed(({ divisions }) => {
      divisions['england-and-wales'] = divisions['england-and-wales'].filter(({ on }) => on !== '2027-03-29');
    });
    expect(warningsOf(without, '2026-11-23')).toEqual([
      'england-and-wales: 2027 has 7 bank holidays instead of the usual 8',
      'england-and-wales: 2027 has no Easter Monday',
    ]);
  });

  it('takes a substitute day for the day, and expects no Easter Monday in Scotland', () => {
    expect(warningsOf(shipped, '2026-11-23')).toEqual([]);
    expect(shipped.divisions.scotland.some(({ title }) => title === 'Easter Monday')).toBe(false);
  });

  it('warns of a bank holiday on a weekend', () => {
    const weekend = changed(({ divisions }) => {
      // 26 December 2026 is a Saturday; the substitute day is Monday the 28th.
      divisions.scotland = divisions.scotland.map((day) =>
        day.on === '2026-12-28' ? { ...day, on: '2026-12-26' } : day,
      );
    });
    expect(warningsOf(weekend, '2026-11-23')).toEqual([expect.stringContaining('2026-12-26')]);
  });
});
