import { describe, expect, it } from 'vitest';
import { createClock } from '../../../workflows/migration/clock.js';

const DAY_MS = 86_400_000;
const start = Date.UTC(2026, 9, 20, 8);

/** A rehearsal at one day a second, on a wall clock that the test moves. */
function rehearsalAt(realMs: number) {
  const wall = { ms: realMs };
  const clock = createClock({ speed: 86_400, lastWakeVirtualMs: start, lastWakeRealMs: realMs }, () => wall.ms);
  return { clock, wall };
}

describe('a rehearsal clock', () => {
  it('starts at the first instant of the migration, whatever the wall clock says', () => {
    expect(rehearsalAt(5_000).clock.nowMs()).toBe(start);
  });

  it('passes a day a second between wakes', () => {
    const { clock, wall } = rehearsalAt(0);
    clock.expect(start + 10 * DAY_MS);
    wall.ms = 2_500;
    expect(clock.nowMs()).toBe(start + 2.5 * DAY_MS);
  });

  it('never passes the next wake, however long an outage lasts', () => {
    const { clock, wall } = rehearsalAt(0);
    clock.expect(start + DAY_MS);
    wall.ms = 60_000;
    expect(clock.nowMs()).toBe(start + DAY_MS);
  });

  it('goes on from the wake after an outage, so that the next wake is delayed and not merged', () => {
    const { clock, wall } = rehearsalAt(0);
    clock.expect(start + DAY_MS);
    wall.ms = 60_000;
    expect(clock.advance(true)).toBe(start + DAY_MS);
    clock.expect(start + 3 * DAY_MS);
    expect(clock.nowMs()).toBe(start + DAY_MS);
    expect(clock.sleepMs(start + 3 * DAY_MS)).toBe(2_000);
  });

  it('is at the instant of the wake when its timer fires a little early', () => {
    const { clock, wall } = rehearsalAt(0);
    clock.expect(start + DAY_MS);
    wall.ms = 999;
    expect(clock.advance(true)).toBe(start + DAY_MS);
  });

  it('tells what it will show at an instant of the wall clock, and when a wake comes on it', () => {
    const { clock, wall } = rehearsalAt(10_000);
    clock.expect(start + 10 * DAY_MS);
    expect(clock.nowAt(12_500)).toBe(start + 2.5 * DAY_MS);
    expect(clock.nowAt(60_000)).toBe(start + 10 * DAY_MS);
    expect(clock.realAt(start + 10 * DAY_MS)).toBe(20_000);
    wall.ms = 13_000;
    expect(clock.realAt(start + 10 * DAY_MS)).toBe(wall.ms + clock.sleepMs(start + 10 * DAY_MS));
  });

  it('goes on where it was from its recorded state', () => {
    const { clock, wall } = rehearsalAt(0);
    clock.expect(start + 10 * DAY_MS);
    wall.ms = 3_000;
    const resumed = createClock(clock.state(), () => wall.ms);
    expect(resumed.nowMs()).toBe(clock.nowMs());
  });
});

describe('the clock of a real migration', () => {
  it('is the wall clock, and sleeps until the wake', () => {
    const clock = createClock({ lastWakeVirtualMs: 0, lastWakeRealMs: 0 }, () => start);
    clock.expect(start + 1);
    expect(clock.nowMs()).toBe(start);
    expect(clock.advance(true)).toBe(start);
    expect(clock.sleepMs(start + DAY_MS)).toBe(DAY_MS);
    expect(clock.sleepMs(start - DAY_MS)).toBe(1);
    expect([clock.nowAt(start + 5), clock.realAt(start + DAY_MS)]).toEqual([start + 5, start + DAY_MS]);
  });
});
