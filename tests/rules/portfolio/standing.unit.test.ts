import { describe, expect, it } from 'vitest';
import { createWorkingDayCalendar } from '../../../rules/calendar/workingDays.js';
import { ratingDays, standingOf } from '../../../rules/portfolio/standing.js';

const christmas = ['2026-12-25', '2026-12-28', '2027-01-01'].map((on) => ({ on, title: 'a bank holiday' }));
const calendar = createWorkingDayCalendar({
  division: 'england-and-wales',
  from: '2026-01-01',
  horizon: '2027-12-31',
  holidays: christmas,
});
const days = ratingDays('2026-12-23', 5, calendar);
const standing = (row: Partial<Parameters<typeof standingOf>[0]>) =>
  standingOf({ status: 'running', phase: 'preMigration', ...row }, days, calendar);
const next = (on: string) => ({ nextDeadlineOn: on, nextMilestoneId: 'clean-up' });
const critical = (on: string) => ({ criticalOn: on, criticalMilestoneId: 'notify.eps' });

describe('how a migration stands', () => {
  it('is amber for five working days before what an anchor hangs on, bank holidays left out', () => {
    expect(days).toEqual({ today: '2026-12-23', amberUntil: '2027-01-04' });
  });

  it.each([
    ['red', 'notify.eps was due on 2026-12-22: a production day or Go Live hangs on it.', critical('2026-12-22')],
    ['amber', 'clean-up was due on 2026-12-22.', { ...next('2026-12-22'), ...critical('2027-02-01') }],
    ['amber', 'notify.eps is due on 2026-12-23: a production day or Go Live hangs on it.', critical('2026-12-23')],
    ['amber', 'notify.eps is due on 2027-01-04: a production day or Go Live hangs on it.', critical('2027-01-04')],
    ['green', 'Next: clean-up on 2026-12-23.', { ...next('2026-12-23'), ...critical('2027-01-05') }],
    ['green', 'Nothing is due.', {}],
    ['onHold', 'On hold since 2026-12-01.', { phase: 'onHold' as const, onHoldSince: '2026-12-01' }],
    ['onHold', 'On hold.', { phase: 'onHold' as const, ...critical('2026-01-05') }],
  ])('is %s: %s', (rating, reason, row) => {
    expect(standing(row)).toMatchObject({ rating, reason });
  });

  it.each([
    ['2026-12-22', -1],
    ['2026-12-23', 0],
    ['2026-12-29', 2],
    ['2028-06-01', undefined],
  ])('has until %s so many working days left: %s', (on, slackWorkingDays) => {
    expect(standing(next(on))?.slackWorkingDays).toBe(slackWorkingDays);
  });

  it('is nothing once the migration has ended', () => {
    expect(standing({ status: 'completed', ...critical('2026-01-05') })).toBeUndefined();
  });
});
