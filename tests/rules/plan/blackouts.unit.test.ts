import { describe, expect, it } from 'vitest';
import type { Order } from '../../../rules/order/schema.js';
import { blackoutsOn, freeDay } from '../../../rules/plan/blackouts.js';
import { earliestAnchorDay } from '../../../rules/plan/earliest.js';
import type { RuleSet } from '../../../rules/ruleset/schema.js';
import {
  closed,
  confirmed,
  milestoneOf,
  orderWith,
  orderWithAnchors,
  planOf,
  plainOrder,
  provisional,
  ruleSetWith,
} from './fixtures.js';

const yearEnd = { id: 'qof', title: 'QOF year end', from: '03-15', to: '03-31', source: 'the QOF guidance' };
const christmas = { id: 'christmas', title: 'Christmas', from: '12-20', to: '01-05', source: 'the region' };
const fluClinic = { from: '2027-01-06', to: '2027-01-12', reason: 'Flu clinics' };

const found = (order: Order, ruleSet?: RuleSet, asOf = order.orderedOn) =>
  planOf(order, asOf, ruleSet).problems.filter(({ code }) =>
    ['anchor-in-blackout', 'holder-closed-on-anchor'].includes(code),
  );

describe('an anchor in a blackout', () => {
  it('is a warning at the line of the anchor, with the days, the source and the nearest free days', () => {
    // Flu clinics Wed 6 to Tue 12 Jan 2027; the Initial data production day is Thu 7 Jan.
    expect(found(orderWith({ blackouts: [fluClinic] }))).toEqual([
      {
        severity: 'warning',
        code: 'anchor-in-blackout',
        path: ['anchors', 'initialDataProduction', 'on'],
        message:
          'the Initial data production day, Thursday 7 January 2027, lies in a blackout: Flu clinics, from 2027-01-06 to 2027-01-12 (the order); the nearest free days are Tuesday 5 January 2027 (2027-01-05) and Wednesday 13 January 2027 (2027-01-13)',
      },
    ]);
  });

  it('is told of a provisional day too', () => {
    const order = orderWithAnchors({ initialDataProduction: provisional('2027-01-07') });
    expect(found({ ...order, blackouts: [fluClinic] })).toHaveLength(1);
  });

  it('counts on the first and the last day, and not on the days beside them', () => {
    const at = (from: string, to: string) => found(orderWith({ blackouts: [{ from, to, reason: 'Leave' }] }));
    expect(at('2027-01-07', '2027-01-07')).toHaveLength(1);
    expect(at('2027-01-04', '2027-01-06')).toEqual([]);
    expect(at('2027-01-08', '2027-01-12')).toEqual([]);
  });

  it('is none for an anchor that the blackout does not name, that is past, or that is done', () => {
    const only = { ...fluClinic, anchors: ['goLive'] };
    expect(found(orderWith({ blackouts: [only] }))).toEqual([]);
    expect(found(orderWith({ blackouts: [{ ...only, anchors: ['initialDataProduction'] }] }))).toHaveLength(1);
    const done = { alreadyDone: [{ milestone: 'anchor.initialDataProduction', on: '2027-01-07', by: 'Ann' }] };
    expect(found(orderWith({ blackouts: [fluClinic], ...done }), undefined, '2027-01-07')).toEqual([]);
    expect(found(orderWith({ blackouts: [fluClinic] }), undefined, '2027-01-08')).toEqual([]);
  });

  it('comes back every year where the rules give a month and a day, also over the turn of the year', () => {
    const ruleSet = ruleSetWith({ blackouts: [yearEnd, christmas] });
    const onDay = (on: string) => found(orderWithAnchors({ initialDataProduction: confirmed(on) }), ruleSet);
    expect(onDay('2027-01-06')).toEqual([]);
    const [problem] = onDay('2027-01-05');
    expect(problem?.message).toContain('Christmas, from 2026-12-20 to 2027-01-05 (the region)');
    // Sat 19 Dec is a weekend, so the free day before is Fri 18 Dec.
    expect(problem?.message).toContain(
      'Friday 18 December 2026 (2026-12-18) and Wednesday 6 January 2027 (2027-01-06)',
    );
  });

  it('knows 29 February only in the years that have one', () => {
    const { workingTime } = planOf(orderWith(), undefined, ruleSetWith({ blackouts: [{ ...yearEnd, from: '02-29' }] }));
    expect(blackoutsOn('goLive', '2027-02-28', workingTime)).toEqual([]);
    expect(blackoutsOn('goLive', '2027-03-01', workingTime)[0]).toMatchObject({ from: '2027-03-01', to: '2027-03-31' });
    expect(blackoutsOn('goLive', '2028-02-29', workingTime)[0]).toMatchObject({ from: '2028-02-29' });
  });
});

describe('somebody who must act on an anchor and is closed', () => {
  it('is named: the supplier of the data, the new supplier, the practice', () => {
    // Thu 28 Jan 2027 is the Final data production day, Tue 2 Feb Go Live.
    const [source] = found(orderWith(closed('alder', '2027-01-28', '2027-01-29')));
    expect(source).toMatchObject({
      severity: 'warning',
      code: 'holder-closed-on-anchor',
      path: ['anchors', 'finalDataProduction', 'on'],
    });
    expect(source?.message).toContain(
      'where Alder, who must act on it, is closed from 2027-01-28 to 2027-01-29 (closed)',
    );
    expect(found(orderWith(closed('rowan', '2027-02-02', '2027-02-02')))[0]?.message).toContain('Rowan, who must act');
    expect(found(orderWith(closed('practice', '2027-02-02', '2027-02-02')))[0]?.message).toContain('the practice, who');
  });

  it('is nobody else: not the old supplier on Go Live, not a third party, and everyone only as a day not worked', () => {
    expect(found(orderWith(closed('alder', '2027-02-02', '2027-02-02')))).toEqual([]);
    expect(found(orderWith(closed('labs', '2027-01-28', '2027-01-28')))).toEqual([]);
    const order = orderWith(closed('everyone', '2027-01-28', '2027-01-28'));
    expect(planOf(order).problems.map(({ code }) => code)).toContain('anchor-not-worked');
    expect(found(order)).toEqual([]);
  });
});

describe('the earliest day of an anchor', () => {
  const { steps } = milestoneOf(planOf(), 'extract.initial.alder.core.1.asked');
  const earliest = (order: Order, ruleSet?: RuleSet) =>
    earliestAnchorDay(steps, '2026-11-24', planOf(order, undefined, ruleSet).workingTime, 'initialDataProduction');

  it('skips the blackouts of that anchor', () => {
    // Without any it is Thu 14 Jan 2027.
    expect(earliest(orderWith())).toBe('2027-01-14');
    const leave = { from: '2027-01-11', to: '2027-01-15', reason: 'Staff leave' };
    expect(earliest(orderWith({ blackouts: [leave] }))).toBe('2027-01-18');
    expect(earliest(orderWith({ blackouts: [{ ...leave, anchors: ['goLive'] }] }))).toBe('2027-01-14');
    expect(earliest(orderWith(closed('rowan', '2027-01-14', '2027-01-15')))).toBe('2027-01-18');
  });

  it('skips two blackouts that follow one another', () => {
    const blackouts = [
      { from: '2027-01-14', to: '2027-01-15', reason: 'One' },
      { from: '2027-01-16', to: '2027-01-19', reason: 'Two' },
    ];
    expect(earliest(orderWith({ blackouts }))).toBe('2027-01-20');
  });

  it('is none where a blackout lasts to the end of what the calendar knows', () => {
    expect(
      earliest(orderWith({ blackouts: [{ from: '2027-01-01', to: '2040-01-01', reason: 'Ever' }] })),
    ).toBeUndefined();
  });

  it('does without blackouts for a plan that was made before there were any', () => {
    const { workingTime } = planOf();
    expect(workingTime).not.toHaveProperty('blackouts');
    expect(freeDay('2027-01-14', 'initialDataProduction', workingTime)).toBe('2027-01-14');
  });

  it('is not looked for in a calendar that starts after the latest start', () => {
    // The calendar begins on 1 Jan 2019; asking for the extract lies before it until the anchor is late enough.
    const first = earliestAnchorDay(steps, '2019-01-02', planOf().workingTime);
    // Wed 2 Jan + 5 working days = Wed 9 Jan, + 5 = Wed 16 Jan, + 2 = Fri 18 Jan, + 5 weeks = Fri 22 Feb 2019.
    expect(first).toBe('2019-02-22');
  });
});

describe('a window', () => {
  it('without a day on which its holder works is named, by the closures of that holder alone', () => {
    // Links off: Tue 26 to Wed 27 Jan 2027, held by the CSU.
    const codes = (holder: string) =>
      planOf(orderWith(closed(holder, '2027-01-26', '2027-01-27'))).problems.map(({ code }) => code);
    expect(codes('csu')).toContain('window-without-working-day');
    expect(codes('labs')).not.toContain('window-without-working-day');
  });

  it('that is a period needs no working day', () => {
    const rules = [
      {
        ...ruleSetWith().rules.find(({ id }) => id === 'links-off'),
        id: 'reduced',
        kind: 'period',
      },
    ];
    const ruleSet = ruleSetWith({ rules });
    const order = orderWith({ ...closed('csu', '2027-01-26', '2027-01-27'), parties: plainOrder.parties.slice(0, 2) });
    const about = planOf(order, undefined, ruleSet).problems.filter(({ milestoneId }) => milestoneId === 'reduced');
    expect(about).toEqual([]);
  });
});
