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
const next = (on: string) => ({ nextDeadlineOn: on, nextMilestoneId: 'clean-up', nextTitle: 'Clean up' });
const critical = (on: string) => ({ criticalOn: on, criticalMilestoneId: 'notify.eps', criticalTitle: 'Tell EPS' });
const HANGS = 'A production day or Go Live hangs on it.';

describe('how a migration stands', () => {
  it('is amber for five working days before what an anchor hangs on, bank holidays left out', () => {
    expect(days).toEqual({ today: '2026-12-23', amberUntil: '2027-01-04' });
  });

  it.each([
    ['red', `Was due on 2026-12-22: Tell EPS. ${HANGS}`, critical('2026-12-22')],
    ['amber', 'Was due on 2026-12-22: Clean up.', { ...next('2026-12-22'), ...critical('2027-02-01') }],
    ['amber', `Due on 2026-12-23: Tell EPS. ${HANGS}`, critical('2026-12-23')],
    ['amber', `Due on 2027-01-04: Tell EPS. ${HANGS}`, critical('2027-01-04')],
    ['green', 'Next, on 2026-12-23: Clean up.', { ...next('2026-12-23'), ...critical('2027-01-05') }],
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

  it('names what a row of an older version is about by its id', () => {
    const row = { nextDeadlineOn: '2026-12-22', nextMilestoneId: 'clean-up' };
    expect(standing(row)?.reason).toBe('Was due on 2026-12-22: clean-up.');
  });

  it('is nothing once the migration has ended', () => {
    expect(standing({ status: 'completed', ...critical('2026-01-05') })).toBeUndefined();
  });
});
