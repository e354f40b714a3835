import { describe, expect, it } from 'vitest';
import { addDays, type Day } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { earliestFeasible } from '../../../rules/plan/feasibility.js';
import { earliestAnchorDay } from '../../../rules/plan/earliest.js';
import { refusals } from '../../../rules/plan/refusal.js';
import { calendarFor } from '../../../rules/plan/workingTime.js';
import {
  closed,
  confirmed,
  dueOn,
  milestoneOf,
  orderWith,
  orderWithAnchors,
  plainOrder,
  planOf,
  ruleSetWith,
} from './fixtures.js';

const asked = 'extract.initial.alder.core.1.asked';
const risksOf = (order: Order, asOf: Day) => planOf(order, asOf).problems.filter(({ severity }) => severity === 'risk');

/** Tries one Initial data production day after another, planning anew each time. */
function firstDayThatWorks(order: Order, asOf: Day): Day {
  const days = calendarFor(planOf(order).workingTime);
  for (let day = asOf; ; day = addDays(day, 1)) {
    if (!days.isWorkingDay(day)) continue;
    const anchors = { ...order.anchors, initialDataProduction: { on: day, status: 'confirmed' as const } };
    const due = dueOn(planOf({ ...order, anchors }, asOf), asked);
    if (due !== undefined && due >= asOf) return day;
  }
}

describe('starting in time', () => {
  it('is possible up to and including the latest day to ask', () => {
    // Tue 17 Nov 2026
    expect(risksOf(orderWith(), '2026-11-17')).toEqual([]);
    expect(risksOf(orderWith(), '2026-11-18').map(({ code }) => code)).toEqual([
      'latest-start-passed',
      'earliest-feasible-day',
    ]);
  });

  it('says how late it is in working days, and the earliest day that would work', () => {
    const [late, summary] = risksOf(orderWith(), '2026-11-24'); // Tue, a week after
    expect(late).toMatchObject({ milestoneId: asked, path: ['anchors', 'initialDataProduction', 'on'] });
    expect(late?.message).toContain('Tuesday 17 November 2026, 5 working days ago');
    expect(summary?.message).toContain('the earliest feasible Initial data production day is Thursday 14 January 2027');
  });

  it.each(['2026-11-18', '2026-11-24', '2026-12-04', '2026-12-24', '2026-12-26', '2027-01-01'])(
    'names the same earliest day as trying one after another, as of %s',
    (asOf) => {
      const order = orderWith({ ...closed('alder', '2026-12-21', '2027-01-04') });
      const plan = planOf(order, asOf);
      const found = earliestFeasible({ ...plan, order, ruleSet: ruleSetWith() });
      expect(found.initialDataProduction).toBe(firstDayThatWorks(order, asOf));
    },
  );

  it('counts what is already done: the first open hop is what has to be started', () => {
    const done = (hop: string) => ({ milestone: `extract.initial.alder.core.1.${hop}`, on: '2026-11-16', by: 'Tom' });
    const order = orderWith({ alreadyDone: [done('formAtPractice')] });
    // Asked is behind; returning the form is due Tue 1 Dec 2026.
    expect(risksOf(order, '2026-12-01').filter(({ milestoneId }) => milestoneId?.includes('initial'))).toEqual([]);
    expect(risksOf(order, '2026-12-02')[0]).toMatchObject({ milestoneId: 'extract.initial.alder.core.1.formReturned' });
  });

  it('watches third-party notices too, by the day that they hang on', () => {
    const order = orderWith({
      alreadyDone: ['initial', 'final'].map((name) => ({
        milestone: `extract.${name}.alder.core.1.scheduled`,
        on: '2026-12-01',
        by: 'Tom',
      })),
    });
    const risks = risksOf(order, '2027-01-15'); // Fri; both IDPD handshakes are booked, IDPD is past
    expect(risks.map(({ milestoneId }) => milestoneId)).toEqual(['notify.labs', 'notify-pcse.pcse', undefined]);
    expect(risks[0]?.path).toEqual(['anchors', 'finalDataProduction', 'on']);
    expect(risks[0]?.message).toContain('Friday 29 January 2027');
  });

  it('refuses a late start unless somebody accepts the risk by name', () => {
    const late = orderWith();
    const accepting = orderWith({ acceptRisk: { by: 'Helen Marsh', reason: 'The supplier agreed' } });
    expect(refusals(planOf(late, '2026-11-24').problems, late)).toHaveLength(2);
    const plan = planOf(accepting, '2026-11-24');
    expect(refusals(plan.problems, accepting)).toEqual([]);
    expect(plan.problems.filter(({ severity }) => severity === 'risk')).toHaveLength(2);
    expect(plan.problems[0]?.message).toContain('risk accepted by Helen Marsh: The supplier agreed');
  });

  it('warns of an acceptance that nothing needs, and never lets one cover an error', () => {
    const accepting = { acceptRisk: { by: 'Helen Marsh', reason: 'In case' } };
    expect(planOf(orderWith(accepting)).problems).toMatchObject([
      { severity: 'warning', code: 'accepted-risk-unused' },
    ]);
    const broken = orderWith({ ...accepting, confirmedAbsent: [...plainOrder.confirmedAbsent, 'pcse'] });
    expect(refusals(planOf(broken).problems, broken)).toMatchObject([{ code: 'third-party-kind-both' }]);
  });

  it('refuses to judge as of a day that the calendar does not know', () => {
    expect(planOf(orderWith(), '2030-01-01').problems).toContainEqual(
      expect.objectContaining({ severity: 'error', code: 'outside-calendar' }),
    );
  });

  it('knows no earliest day where the horizon comes first', () => {
    const { steps } = milestoneOf(planOf(), asked);
    expect(earliestAnchorDay(steps, '2028-12-01', planOf().workingTime)).toBeUndefined();
  });

  it('has nothing to say about a day that is still absent', () => {
    expect(risksOf(orderWithAnchors({ initialDataProduction: undefined }), '2026-11-24')).toEqual([]);
    expect(risksOf(orderWithAnchors({ initialDataProduction: confirmed('2027-01-15') }), '2026-11-24')).toEqual([]);
  });
});

describe('starting a migration that is taken over', () => {
  const form = 'extract.initial.alder.core.1.formReceived';
  const doneFor = (forDate: Day) =>
    orderWith({ alreadyDone: [{ milestone: form, on: '2026-11-02', by: 'Ann', forDate }] });

  it('needs no more notice once the supplier has the form for the day, however late its booking is', () => {
    expect(risksOf(doneFor('2027-01-07'), '2026-12-15')).toEqual([
      expect.objectContaining({ milestoneId: expect.stringContaining('.final.') as string }),
      expect.objectContaining({ code: 'earliest-feasible-day' }),
    ]);
  });

  it('counts a form for another day as open, and says so', () => {
    const { problems } = planOf(doneFor('2027-01-14'), '2026-12-15');
    expect(problems.map(({ code }) => code)).toContain('done-for-another-day');
    const late = problems.find(
      ({ code, milestoneId }) => code === 'latest-start-passed' && milestoneId?.includes('.initial.'),
    );
    expect(late?.milestoneId).toBe('extract.initial.alder.core.1.formReturned');
  });

  it('names what else should be done by now, as a warning', () => {
    const order = orderWith({ acceptRisk: { by: 'Ann', reason: 'agreed' } });
    const { problems } = planOf(order, '2027-01-07');
    const overdue = problems.filter(({ code }) => code === 'due-day-passed');
    expect(overdue.map(({ milestoneId }) => milestoneId)).toContain('clean-up');
    expect(new Set(overdue.map(({ severity }) => severity))).toEqual(new Set(['warning']));
  });

  it('names days that work together: the Final day after the Initial one, Go Live after both', () => {
    const order = orderWithAnchors({
      initialDataProduction: confirmed('2026-12-15'),
      finalDataProduction: confirmed('2026-12-18'),
      goLive: confirmed('2026-12-22'),
    });
    const summary = risksOf(order, '2026-11-12').find(({ code }) => code === 'earliest-feasible-day');
    const days = [...(summary?.message ?? '').matchAll(/\((\d{4}-\d\d-\d\d)\)/g)].map(([, day]) => day ?? '');
    expect(days).toHaveLength(3);
    expect(days).toEqual([...new Set(days)].sort());
  });
});
