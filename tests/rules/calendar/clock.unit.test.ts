import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { ClockSpanError, dayAt, instantOf, minuteOfDayAt } from '../../../rules/calendar/clock.js';
import { createSendingClock } from '../../../rules/calendar/clockFromZone.js';
import { knownDay } from './arbitraries.js';

const NINE = 9 * 60;
const clock = createSendingClock({ fromDay: '2019-01-01', toDay: '2028-12-31', minuteOfDay: NINE });
const utc = (text: string): number => Date.parse(text);

describe('the recorded clock', () => {
  it('holds the start and each clock change of its span, at the very instant', () => {
    const { offsets, untilMs } = createSendingClock({ fromDay: '2026-12-01', toDay: '2027-12-31', minuteOfDay: NINE });
    expect(offsets).toEqual([
      { fromMs: utc('2026-12-01T00:00Z'), utcOffsetMinutes: 0 },
      { fromMs: utc('2027-03-28T01:00Z'), utcOffsetMinutes: 60 },
      { fromMs: utc('2027-10-31T01:00Z'), utcOffsetMinutes: 0 },
    ]);
    expect(untilMs).toBe(utc('2028-01-01T00:00Z'));
  });

  it('starts and ends at local midnight in summer', () => {
    const summer = createSendingClock({ fromDay: '2027-06-01', toDay: '2027-06-01', minuteOfDay: NINE });
    expect(summer.offsets).toEqual([{ fromMs: utc('2027-05-31T23:00Z'), utcOffsetMinutes: 60 }]);
    expect(summer.untilMs).toBe(utc('2027-06-01T23:00Z'));
  });

  it('finds a change on its only day', () => {
    const spring = createSendingClock({ fromDay: '2027-03-28', toDay: '2027-03-28', minuteOfDay: NINE });
    expect(spring.offsets.map(({ utcOffsetMinutes }) => utcOffsetMinutes)).toEqual([0, 60]);
    expect(instantOf(spring, '2027-03-28')).toBe(utc('2027-03-28T08:00Z'));
  });

  it('survives being written down and read again', () => {
    expect(JSON.parse(JSON.stringify(clock))).toEqual(clock);
  });

  it('is refused for a backward span or an impossible minute', () => {
    const request = { fromDay: '2027-01-02', toDay: '2027-01-02', minuteOfDay: NINE };
    expect(() => createSendingClock({ ...request, toDay: '2027-01-01' })).toThrow(RangeError);
    expect(() => createSendingClock({ ...request, minuteOfDay: 1440 })).toThrow(RangeError);
    expect(() => createSendingClock({ ...request, fromDay: '2027-02-29' })).toThrow('February 2027 has 28 days');
  });
});

describe('the instant of a local time', () => {
  it.each([
    ['2027-01-07', NINE, '2027-01-07T09:00Z'],
    ['2027-03-27', NINE, '2027-03-27T09:00Z'],
    ['2027-03-28', NINE, '2027-03-28T08:00Z'],
    ['2027-10-30', NINE, '2027-10-30T08:00Z'],
    ['2027-10-31', NINE, '2027-10-31T09:00Z'],
    ['2027-03-28', 0, '2027-03-28T00:00Z'],
    ['2027-10-31', 0, '2027-10-30T23:00Z'],
    ['2027-10-31', 30, '2027-10-30T23:30Z'],
    ['2027-10-31', 2 * 60, '2027-10-31T02:00Z'],
  ])('%s at minute %i is %s', (day, minute, expected) => {
    expect(instantOf(clock, day, minute)).toBe(utc(expected));
  });

  it.each([
    ['2027-03-26', '2027-03-27', 24],
    ['2027-03-27', '2027-03-28', 23],
    ['2027-03-28', '2027-03-29', 24],
    ['2027-10-29', '2027-10-30', 24],
    ['2027-10-30', '2027-10-31', 25],
    ['2027-10-31', '2027-11-01', 24],
  ])('from 09:00 on %s to 09:00 on %s, %i hours pass', (day, next, hours) => {
    expect((instantOf(clock, next) - instantOf(clock, day)) / 3_600_000).toBe(hours);
  });

  it('reads a time that spring leaves out as if the clock had not changed yet', () => {
    expect(instantOf(clock, '2027-03-28', 90)).toBe(utc('2027-03-28T01:30Z'));
    expect(minuteOfDayAt(clock, instantOf(clock, '2027-03-28', 90))).toBe(150);
  });

  it('takes the first of a time that comes twice in autumn', () => {
    expect(instantOf(clock, '2027-10-31', 90)).toBe(utc('2027-10-31T00:30Z'));
  });

  it('is refused outside the recorded span, and given on its edges', () => {
    expect(() => instantOf(clock, '2018-12-31')).toThrow(ClockSpanError);
    expect(() => instantOf(clock, '2029-01-01', 0)).toThrow(ClockSpanError);
    expect(instantOf(clock, '2019-01-01', 0)).toBe(utc('2019-01-01T00:00Z'));
    expect(instantOf(clock, '2028-12-31', 1439)).toBe(utc('2028-12-31T23:59Z'));
  });

  it('agrees with the time-zone database at every minute of ten years', () => {
    fc.assert(
      fc.property(knownDay, fc.integer({ min: 0, max: 1439 }), (day, minuteOfDay) => {
        const instantMs = instantOf(clock, day, minuteOfDay);
        const local = DateTime.fromMillis(instantMs, { zone: 'Europe/London' });
        const isLeftOut = local.toISODate() !== day || local.hour * 60 + local.minute !== minuteOfDay;
        // Only a time that does not exist may show as another: the hour from 01:00 on the day of the spring change.
        if (isLeftOut) expect([local.month, local.hour, Math.floor(minuteOfDay / 60)]).toEqual([3, 2, 1]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the day and minute at an instant', () => {
  it.each([
    ['2027-03-28T00:59:59.999Z', '2027-03-28', 59],
    ['2027-03-28T01:00Z', '2027-03-28', 120],
    ['2027-03-28T22:59:59.999Z', '2027-03-28', 1439],
    ['2027-03-28T23:00Z', '2027-03-29', 0],
    ['2027-03-27T23:59Z', '2027-03-27', 1439],
    ['2027-10-30T22:59Z', '2027-10-30', 1439],
    ['2027-10-30T23:00Z', '2027-10-31', 0],
    ['2027-10-31T00:59Z', '2027-10-31', 119],
    ['2027-10-31T01:00Z', '2027-10-31', 60],
    ['2027-10-31T23:59Z', '2027-10-31', 1439],
    ['2027-11-01T00:00Z', '2027-11-01', 0],
  ])('%s is %s, minute %i', (instant, day, minute) => {
    expect(dayAt(clock, utc(instant))).toBe(day);
    expect(minuteOfDayAt(clock, utc(instant))).toBe(minute);
  });

  it('agree with the time-zone database at any millisecond', () => {
    const anyInstant = fc.integer({ min: utc('2019-01-01T00:00Z'), max: utc('2028-12-31T23:59:59.999Z') });
    fc.assert(
      fc.property(anyInstant, (ms) => {
        const local = DateTime.fromMillis(ms, { zone: 'Europe/London' });
        expect(dayAt(clock, ms)).toBe(local.toISODate());
        expect(minuteOfDayAt(clock, ms)).toBe(local.hour * 60 + local.minute);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are still told outside the span, on the nearest recorded offset', () => {
    expect(dayAt(clock, utc('2018-12-31T23:59Z'))).toBe('2018-12-31');
    expect(dayAt(clock, utc('2030-01-02T00:00Z'))).toBe('2030-01-02');
  });
});
