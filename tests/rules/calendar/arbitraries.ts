import fc from 'fast-check';
import { DIVISIONS } from '../../../rules/calendar/division.js';
import type { Closure } from '../../../rules/calendar/workingDays.js';
import { shipped } from './shippedCalendar.js';

const DAY_MS = 86_400_000;

export const anyDivision = fc.constantFrom(...DIVISIONS);

const dayBetween = (from: string, to: string): fc.Arbitrary<string> =>
  fc
    .integer({ min: Date.parse(from) / DAY_MS, max: Date.parse(to) / DAY_MS })
    .map((number) => new Date(number * DAY_MS).toISOString().slice(0, 10));

/** A day that the shipped calendar knows, its edges included. */
export const knownDay = dayBetween(shipped.from, shipped.horizon);

/** Any day with a four-digit year, long before and long after the calendar too. */
export const anyDay = dayBetween('0000-01-01', '9999-12-31');

const closure: fc.Arbitrary<Closure> = fc
  .tuple(dayBetween('2018-12-01', '2029-01-31'), fc.nat({ max: 40 }))
  .map(([from, length]) => ({
    from,
    to: new Date(Date.parse(from) + length * DAY_MS).toISOString().slice(0, 10),
    reason: 'Closed',
  }));

export const someClosures = fc.array(closure, { maxLength: 4 });
