import { describe, expect, it } from 'vitest';
import { calendarFileOf, longCalendarFile } from '../../config/calendarFile.js';
import type { CalendarEntry } from '../../rules/calendarEntries/entry.js';
import { addDays } from '../../rules/calendar/day.js';
import { readCalendar } from '../support/ics.js';

const entry = (index: number): CalendarEntry => {
  const day = addDays('2027-01-01', (index * 37) % 90);
  return {
    uid: `m${index}@csu.example`,
    sequence: index % 3,
    from: day,
    to: day,
    summary: `Thing ${index}`,
    description: ['One line', 'Another; with, marks'],
    status: 'confirmed',
    changedAtMs: index,
  };
};
const entries = Array.from({ length: 250 }, (_, index) => entry(index));
const file = { name: 'Many', refreshSeconds: 3_600 };

describe('a calendar file', () => {
  it('is the same text in whatever order the entries come, and in one go or in steps', async () => {
    const text = calendarFileOf({ ...file, entries });
    expect(calendarFileOf({ ...file, entries: entries.toReversed() })).toBe(text);
    expect(await longCalendarFile({ ...file, entries })).toBe(text);
    expect(readCalendar(text).entries).toHaveLength(250);
    expect(text).toMatch(/\r\nEND:VCALENDAR\r\n$/);
  });

  it('can be without entries', async () => {
    const text = await longCalendarFile({ ...file, entries: [] });
    expect(text).toBe(calendarFileOf({ ...file, entries: [] }));
    expect(readCalendar(text)).toMatchObject({ method: 'PUBLISH', name: 'Many', refresh: 'PT1H', entries: [] });
  });
});
