import { describe, expect, it } from 'vitest';
import type { Day } from '../../../rules/calendar/day.js';
import type { Order } from '../../../rules/order/schema.js';
import { criticalChains } from '../../../rules/plan/criticalChain.js';
import { closed, orderWith, plainOrder, planOf, ruleSetWith } from './fixtures.js';

const chainsOf = (order: Order, asOf: Day) =>
  criticalChains({ ...planOf(order, asOf), order, ruleSet: ruleSetWith(), asOf });
const chainOf = (order: Order, asOf: Day, anchor: string) =>
  chainsOf(order, asOf).find((chain) => chain.anchor === anchor);

const done = (milestone: string) => ({ milestone, on: '2026-11-02', by: 'Tom' });
const booked = (name: string) => done(`extract.${name}.alder.core.1.scheduled`);

describe('the critical chain', () => {
  it('tells the handshake of a production day backwards, step by step', () => {
    // Thu 7 Jan 2027 - 5 weeks = Thu 3 Dec; - 2 working days = Tue 1 Dec; - 5 = Tue 24 Nov; - 5 = Tue 17 Nov 2026.
    const chain = chainOf(orderWith(), '2026-11-12', 'initialDataProduction');
    expect(chain).toMatchObject({
      anchorDay: '2027-01-07',
      over: [],
      milestoneId: 'extract.initial.alder.core.1.asked',
      holder: 'csu',
      latestStart: '2026-11-17',
      // Fri 13, Mon 16, Tue 17 Nov.
      slackWorkingDays: 3,
    });
    expect(chain?.links.map(({ holder, amount, unit, from, to }) => [holder, amount, unit, from, to])).toEqual([
      ['alder', 5, 'weeks', '2027-01-07', '2026-12-03'],
      ['alder', 2, 'workingDays', '2026-12-03', '2026-12-01'],
      ['practice', 5, 'workingDays', '2026-12-01', '2026-11-24'],
      ['alder', 5, 'workingDays', '2026-11-24', '2026-11-17'],
    ]);
    expect(chain?.links.map(({ layer, assumed }) => [layer, assumed])).toEqual(Array(4).fill(['small', false]));
  });

  it('has no slack on the day itself, and less than none after it', () => {
    const slackOn = (asOf: Day) => chainOf(orderWith(), asOf, 'initialDataProduction')?.slackWorkingDays;
    expect([slackOn('2026-11-17'), slackOn('2026-11-18'), slackOn('2026-11-24')]).toEqual([0, -1, -5]);
  });

  it('shows a step that only waits for somebody who is closed, and leaves out one that moves nothing', () => {
    const links = (order: Order) => chainOf(order, '2026-11-02', 'initialDataProduction')?.links.length;
    // The practice returns the form by Tue 1 Dec 2026; closed on that day, it has to by Mon 30 Nov.
    expect(links(orderWith(closed('practice', '2026-12-01', '2026-12-01')))).toBe(5);
    expect(links(orderWith(closed('practice', '2026-12-24', '2026-12-24')))).toBe(4);
  });

  it('leads from Go Live over the Final data production day, and over the Initial one where that is tighter', () => {
    const whole = chainOf(orderWith(), '2026-11-12', 'goLive');
    expect(whole?.over).toEqual(['finalDataProduction', 'initialDataProduction']);
    expect(whole?.links.slice(0, 2)).toMatchObject([
      { holder: 'everyone', amount: 5, unit: 'days', from: '2027-02-02', to: '2027-01-28' },
      { holder: 'everyone', amount: 21, unit: 'days', from: '2027-01-28', to: '2027-01-07' },
    ]);
    const final = chainOf(orderWith({ alreadyDone: [booked('initial')] }), '2026-11-12', 'goLive');
    // Thu 28 Jan 2027 - 5 weeks = Thu 24 Dec; Tue 22, Tue 15, Tue 8 Dec 2026.
    expect(final).toMatchObject({ over: ['finalDataProduction'], latestStart: '2026-12-08' });
    expect(final?.links).toHaveLength(5);
  });

  it('tells beside it the tightest of what hangs on the anchor itself', () => {
    const final = chainOf(orderWith(), '2026-11-12', 'finalDataProduction');
    expect(final).toMatchObject({
      over: ['initialDataProduction'],
      latestStart: '2026-11-17',
      own: { over: [], milestoneId: 'extract.final.alder.core.1.asked', latestStart: '2026-12-08' },
    });
    expect(chainOf(orderWith(), '2026-11-12', 'goLive')).not.toHaveProperty('own');
  });

  it('counts PCSE from the day on which the links go off, and names the next tightest', () => {
    const order = orderWith({ alreadyDone: [booked('initial'), booked('final')] });
    // PCSE: Tue 26 Jan 2027 - 2 weeks = Tue 12 Jan. Labs: Thu 28 Jan - 10 working days = Thu 14 Jan.
    expect(chainOf(order, '2026-12-29', 'finalDataProduction')).toMatchObject({
      milestoneId: 'notify-pcse.pcse',
      latestStart: '2027-01-12',
      links: [
        { amount: 2, unit: 'days', from: '2027-01-28', to: '2027-01-26', holder: 'csu' },
        { amount: 2, unit: 'weeks', from: '2027-01-26', to: '2027-01-12', holder: 'pcse' },
      ],
      next: { milestoneId: 'notify.labs', latestStart: '2027-01-14', moreWorkingDays: 2 },
    });
  });

  it('begins with the authorisation, and does not count the request that waits for it as the next', () => {
    const chain = chainOf(orderWith({ decisions: {} }), '2026-11-12', 'initialDataProduction');
    expect(chain).toMatchObject({ milestoneId: 'authorise-extracts', holder: 'practice', latestStart: '2026-11-17' });
    expect(chain).not.toHaveProperty('next');
  });

  it('is there for no anchor that has happened, has no day, or has nothing open', () => {
    const happened = [booked('initial'), done('anchor.initialDataProduction')];
    expect(chainsOf(orderWith({ alreadyDone: happened }), '2026-11-12').map(({ anchor }) => anchor)).toEqual([
      'finalDataProduction',
      'goLive',
    ]);
    const { initialDataProduction } = plainOrder.anchors;
    const only = orderWith({ anchors: { initialDataProduction } });
    expect(chainsOf(only, '2026-11-12').map(({ anchor }) => anchor)).toEqual(['initialDataProduction']);
    expect(chainsOf(orderWith({ ...only, alreadyDone: [booked('initial')] }), '2026-11-12')).toEqual([]);
  });
});
