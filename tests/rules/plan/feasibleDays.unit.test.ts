import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, dayOfNumber, type Day } from '../../../rules/calendar/day.js';
import { anchorNames, type AnchorName } from '../../../rules/order/anchorNames.js';
import type { Order } from '../../../rules/order/schema.js';
import { checkFeasibility, judgeFeasibility } from '../../../rules/plan/feasibility.js';
import { feasibleDays } from '../../../rules/plan/feasibleDays.js';
import { applyStepsWithin, calendarFor } from '../../../rules/plan/workingTime.js';
import {
  confirmed,
  milestoneOf,
  orderWith,
  orderWithAnchors,
  plainOrder,
  planOf,
  ruleSetWith,
  smallRuleSet,
} from './fixtures.js';

const reconciliation = {
  title: 'Reconciliation',
  action: 'An action',
  section: 'A section',
  source: 'a source',
  kind: 'task',
  when: 'reconciliationNeeded',
  ladder: 'practice',
};

/** With a reconciliation that takes 40 days before the links are off. */
const ruleSet = ruleSetWith({
  blackouts: [{ id: 'year-end', title: 'Year end', from: '03-15', to: '03-31', source: 'a source' }],
  rules: [
    ...smallRuleSet.rules,
    { ...reconciliation, id: 'ask', holder: 'csu', due: { from: 'links-off', amount: -40, unit: 'days' } },
    {
      ...reconciliation,
      id: 'complete',
      holder: 'practice',
      due: { from: 'links-off', amount: -1, unit: 'workingDays' },
      blocks: 'goLive',
    },
  ],
});

const judged = (order: Order, asOf: Day) => ({ ...planOf(order, asOf, ruleSet), order, ruleSet, asOf });
const earliest = (order: Order, asOf: Day) => feasibleDays(judged(order, asOf));
const daysOf = (order: Order, asOf: Day) =>
  Object.fromEntries(earliest(order, asOf).map(({ anchor, day }) => [anchor, day]));

const done = (milestone: string, on: Day) => ({ milestone, on, by: 'Tom' });
const booked = ['initial', 'final'].map((name) => done(`extract.${name}.alder.core.1.scheduled`, '2026-11-02'));
const decided = { reconciliation: { needed: false, by: 'Ann', on: '2026-10-05' } };
const without = { ...plainOrder.decisions, ...decided };

describe('the earliest days that work together', () => {
  it('start what is open on the day itself, and keep the distances of the order', () => {
    // Asked Tue 24 Nov 2026, form Tue 1 Dec, returned Tue 8 Dec, received Thu 10 Dec, + 5 weeks = Thu 14 Jan 2027;
    // 21 days to the Final day, 5 more to Go Live.
    expect(daysOf(orderWith({ decisions: without }), '2026-11-24')).toEqual({
      initialDataProduction: '2027-01-14',
      finalDataProduction: '2027-02-04',
      goLive: '2027-02-09',
    });
  });

  it('say why each is not earlier, and how far it is from the planned day', () => {
    expect(earliest(orderWith({ decisions: without }), '2026-11-24')).toMatchObject([
      { because: 'latestStart', milestoneId: 'extract.initial.alder.core.1.asked', laterWorkingDays: 5 },
      { because: 'distance', distance: { from: 'initialDataProduction', days: 21, source: 'the order' } },
      { because: 'distance', distance: { from: 'finalDataProduction', days: 5, source: 'the order' } },
    ]);
  });

  it('roll each to a working day outside of the blackouts, and move the next with it', () => {
    const leave = { from: '2027-01-11', to: '2027-01-15', reason: 'Leave', anchors: ['initialDataProduction'] };
    // Mon 18 Jan 2027 + 21 days = Mon 8 Feb, + 5 days = Sat 13 Feb, so Mon 15 Feb.
    expect(daysOf(orderWith({ decisions: without, blackouts: [leave] }), '2026-11-24')).toEqual({
      initialDataProduction: '2027-01-18',
      finalDataProduction: '2027-02-08',
      goLive: '2027-02-15',
    });
  });

  it('leave 40 days for the reconciliation before the links are off, also where nobody has decided about it', () => {
    // Fri 18 Dec 2026 + 40 days = Wed 27 Jan 2027, two days before Fri 29 Jan; Go Live Wed 3 Feb.
    const order = orderWith({ alreadyDone: [...booked, done('notify.labs', '2026-12-01')] });
    const late = judged(order, '2026-12-18');
    expect(daysOf(order, '2026-12-18')).toMatchObject({ finalDataProduction: '2027-01-29', goLive: '2027-02-03' });
    expect(judgeFeasibility(late)).toMatchObject({
      holds: false,
      passed: [{ milestoneId: 'ask', latestStart: '2026-12-17', lateWorkingDays: 1 }],
      assumptions: [expect.stringContaining('counted as needed')],
    });
    const risk = checkFeasibility(late).find(({ milestoneId }) => milestoneId === 'ask');
    expect(risk).toMatchObject({ severity: 'risk', code: 'latest-start-passed' });
    expect(risk?.message).toContain('nobody has decided yet whether a reconciliation is needed');
    const given = { ...order, decisions: { ...order.decisions, ...decided } };
    expect(judgeFeasibility(judged(given, '2026-12-18'))).toMatchObject({ holds: true, assumptions: [] });
  });

  it('count a notice from the day on which it was given, and not from before', () => {
    // The form is with the supplier on Mon 16 Nov 2026: 5 weeks later is Mon 21 Dec, before the planned Thu 7 Jan 2027.
    const given = done('extract.initial.alder.core.1.formReceived', '2026-11-16');
    const [initial] = earliest(orderWith({ decisions: without, alreadyDone: [given] }), '2026-11-20');
    expect(initial).toMatchObject({ day: '2026-12-21', because: 'noticeGiven', milestoneId: given.milestone });
    // Given too late for the planned day by the rules, but given for it: the planned day stays.
    const [late] = earliest(
      orderWith({ decisions: without, alreadyDone: [{ ...given, on: '2026-12-14' }] }),
      '2026-12-15',
    );
    expect(late).toMatchObject({ day: '2027-01-07', laterWorkingDays: 0 });
  });

  it('use the usual least distances where the order plans no days', () => {
    const order = orderWithAnchors({
      initialDataProduction: undefined,
      finalDataProduction: undefined,
      goLive: undefined,
    });
    // Both extracts are asked for on Mon 5 Oct 2026: Mon 12, Mon 19, Wed 21 Oct, + 5 weeks = Wed 25 Nov; the Final day at the
    // earliest a day later; Go Live 3 days after (Sun 29 Nov), but 84 days after the order: Mon 28 Dec is a bank holiday.
    const found = earliest({ ...order, decisions: { ...order.decisions, ...decided } }, '2026-10-05');
    expect(found).toMatchObject([
      { day: '2026-11-25', because: 'latestStart' },
      { day: '2026-11-26', because: 'distance' },
      { day: '2026-12-29', because: 'distance', distance: { from: 'order', days: 84, source: 'a source' } },
    ]);
    expect(found.every(({ planned }) => planned === undefined)).toBe(true);
  });

  it('leave out a day that has happened, and count on from it', () => {
    const order = orderWith({
      decisions: without,
      alreadyDone: [...booked, done('anchor.initialDataProduction', '2027-01-07')],
    });
    const found = earliest(order, '2027-01-08');
    expect(found.map(({ anchor }) => anchor)).toEqual(['finalDataProduction', 'goLive']);
    expect(found[0]).toMatchObject({ day: '2027-01-28', because: 'distance' });
  });

  it('leave time for the authorisation whichever request is then the first', () => {
    // Planned for Wed 31 Mar 2027 Alder, closed in February, is asked before Birch; in January, with 3 days less, after it. The
    // practice is closed Tue 24 to Thu 26 Nov 2026, so whatever is asked first is asked on Fri 27 Nov or later.
    const birch = {
      ...plainOrder.parties[0],
      id: 'birch',
      name: 'Birch',
      roles: ['dataSupplier'],
      products: [{ id: 'core', name: 'Birch', extractNotice: { amount: 38, unit: 'days' } }],
    };
    const order = orderWith({
      decisions: decided,
      parties: [...plainOrder.parties, birch],
      anchors: { initialDataProduction: confirmed('2027-03-31') },
      closures: [
        { holder: 'alder', from: '2027-02-08', to: '2027-02-12', reason: 'closed' },
        { holder: 'practice', from: '2026-11-24', to: '2026-11-26', reason: 'closed' },
      ],
    });
    const first = (day: Day | undefined) => {
      const { milestones, problems } = planOf(withDays(order, { initialDataProduction: day }), '2026-11-24', ruleSet);
      const asked = milestones.filter(({ id }) => /initial.*asked/.test(id));
      const [{ partyId } = {}] = asked.toSorted((a, b) => (a.dueOn ?? '').localeCompare(b.dueOn ?? ''));
      return { partyId, passed: problems.filter(({ code }) => code === 'latest-start-passed') };
    };
    expect(first('2027-03-31').partyId).toBe('alder');
    expect(first(daysOf(order, '2026-11-24')['initialDataProduction'])).toEqual({ partyId: 'birch', passed: [] });
  });

  it('name no day where the calendar ends before there is one', () => {
    const found = earliest(orderWith(), '2028-12-20');
    expect(found.map(({ day }) => day)).toEqual([undefined, undefined, undefined]);
  });
});

const asOfs = fc.integer({ min: dayNumber('2023-01-01'), max: dayNumber('2026-12-31') }).map(dayOfNumber);
const spans = fc.record({ start: fc.integer({ min: -20, max: 120 }), length: fc.integer({ min: 0, max: 10 }) });
const shapes = fc.record({
  asOf: asOfs,
  lead: fc.integer({ min: 1, max: 120 }),
  toFinal: fc.integer({ min: 1, max: 40 }),
  toLive: fc.integer({ min: 1, max: 20 }),
  notice: fc.record({
    amount: fc.integer({ min: 0, max: 7 }),
    unit: fc.constantFrom('weeks', 'days', 'workingDays', 'months'),
  }),
  closures: fc.array(fc.tuple(spans, fc.constantFrom('practice', 'csu', 'alder', 'rowan', 'labs', 'everyone')), {
    maxLength: 3,
  }),
  blackouts: fc.array(fc.tuple(spans, fc.constantFrom<AnchorName>('initialDataProduction', 'goLive')), {
    maxLength: 3,
  }),
  hopsDone: fc.record({ initial: fc.integer({ min: 0, max: 5 }), final: fc.integer({ min: 0, max: 5 }) }),
  noticesDone: fc.subarray(['notify.labs', 'notify-pcse.pcse', 'ask']),
  isAuthorised: fc.boolean(),
});
type Shape = typeof shapes extends fc.Arbitrary<infer Each> ? Each : never;

const hopNames = ['asked', 'formAtPractice', 'formReturned', 'formReceived', 'scheduled'];

function orderOf(shape: Shape): Order {
  const { asOf, lead, toFinal, toLive, hopsDone } = shape;
  const doneOn = addDays(asOf, -7);
  const initial = addDays(asOf, lead);
  const hops = (['initial', 'final'] as const).flatMap((name) =>
    hopNames.slice(0, hopsDone[name]).map((hop) => done(`extract.${name}.alder.core.1.${hop}`, doneOn)),
  );
  const [source, target, labs, pcse] = plainOrder.parties;
  return orderWith({
    orderedOn: addDays(asOf, -30),
    anchors: {
      initialDataProduction: confirmed(initial),
      finalDataProduction: confirmed(addDays(initial, toFinal)),
      goLive: confirmed(addDays(initial, toFinal + toLive)),
    },
    parties: [
      { ...source, products: [{ id: 'core', name: 'Core', extractNotice: shape.notice }] },
      target,
      { ...labs, noticePeriod: shape.notice },
      pcse,
    ],
    closures: shape.closures.map(([{ start, length }, holder]) => {
      return { holder, from: addDays(asOf, start), to: addDays(asOf, start + length), reason: 'closed' };
    }),
    blackouts: shape.blackouts.map(([{ start, length }, anchor]) => {
      return { from: addDays(asOf, start), to: addDays(asOf, start + length), reason: 'busy', anchors: [anchor] };
    }),
    alreadyDone: [...hops, ...shape.noticesDone.map((id) => done(id, doneOn))],
    decisions: shape.isAuthorised ? plainOrder.decisions : {},
  });
}

const movable = ['initialDataProduction', 'finalDataProduction', 'goLive'] as const;
const withDays = (order: Order, days: Record<string, Day | undefined>): Order => ({
  ...order,
  anchors: Object.fromEntries(
    movable.flatMap((name) => (days[name] === undefined ? [] : [[name, confirmed(days[name])]])),
  ),
});

/** Who must be at work on the anchor's own day. */
const actors: Record<(typeof movable)[number], string[]> = {
  initialDataProduction: ['everyone', 'alder', 'rowan', 'practice'],
  finalDataProduction: ['everyone', 'alder', 'rowan', 'practice'],
  goLive: ['everyone', 'rowan', 'practice'],
};

/** Day after day, each judged by itself, without jumping. */
function byTrying(shape: Shape, order: Order): Record<string, Day> {
  const { asOf } = shape;
  const plan = planOf(order, asOf, ruleSet);
  const steps = (id: string) => milestoneOf(plan, id).steps;
  const reaches = (id: string, day: Day, from: Day) =>
    (applyStepsWithin(day, steps(id), plan.workingTime) ?? '') >= from;
  const given = (id: string, day: Day, planned: Day) => day >= planned || reaches(id, day, addDays(asOf, -7));
  const works = (anchor: (typeof movable)[number], day: Day): boolean => {
    const busy = shape.blackouts.some(
      ([{ start, length }, name]) =>
        name === anchor && day >= addDays(asOf, start) && day <= addDays(asOf, start + length),
    );
    const isYearEnd = day.slice(5) >= '03-15' && day.slice(5) <= '03-31';
    if (busy || isYearEnd) return false;
    if (!actors[anchor].every((who) => calendarFor(plan.workingTime, who).isWorkingDay(day))) return false;
    const planned = order.anchors[anchor]?.on ?? '';
    const extract = { initialDataProduction: 'initial', finalDataProduction: 'final', goLive: undefined } as const;
    const name = extract[anchor];
    if (name === undefined) return true;
    const id = (hop: number) => `extract.${name}.alder.core.1.${hopNames[hop]}`;
    const count = shape.hopsDone[name];
    if (count < 4 ? !reaches(id(count), day, asOf) : !given(id(3), day, planned)) return false;
    if (anchor === 'initialDataProduction') return true;
    return ['notify.labs', 'notify-pcse.pcse', 'ask'].every((notice) =>
      shape.noticesDone.includes(notice) ? given(notice, day, planned) : reaches(notice, day, asOf),
    );
  };
  const found: Record<string, Day> = {};
  let least = asOf;
  for (const [anchor, gap] of [
    ['initialDataProduction', shape.toFinal],
    ['finalDataProduction', shape.toLive],
    ['goLive', 0],
  ] as const) {
    // 84 days from the order to Go Live are usual; an order that plans fewer does without.
    const planned = shape.lead + shape.toFinal + shape.toLive + 30;
    const usual = anchor === 'goLive' ? addDays(order.orderedOn, Math.min(84, planned)) : asOf;
    let day = usual > least ? usual : least;
    while (!works(anchor, day)) day = addDays(day, 1);
    found[anchor] = day;
    least = addDays(day, gap);
  }
  return found;
}

describe('the earliest days of any order', () => {
  it('are those found by trying one day after another', () => {
    fc.assert(
      fc.property(
        shapes.map((shape) => ({ ...shape, isAuthorised: true })),
        (shape) => {
          const order = orderOf(shape);
          expect(daysOf(order, shape.asOf)).toEqual(byTrying(shape, order));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('leave no latest start passed and no anchor on a day off when the plan is made with them', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const order = orderOf(shape);
        const { problems } = planOf(withDays(order, daysOf(order, shape.asOf)), shape.asOf, ruleSet);
        const about = problems.filter(({ code }) =>
          ['latest-start-passed', 'anchor-in-blackout', 'holder-closed-on-anchor', 'anchor-not-worked'].includes(code),
        );
        expect(about).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('are never earlier on a later day', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: 1, max: 30 }), (shape, more) => {
        const order = orderOf(shape);
        const [now, later] = [daysOf(order, shape.asOf), daysOf(order, addDays(shape.asOf, more))];
        for (const name of movable) expect((now[name] ?? '') <= (later[name] ?? '')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('are never later for one more hop that is done', () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom('initial', 'final'), (shape, name) => {
        const more = { ...shape, hopsDone: { ...shape.hopsDone, [name]: Math.min(5, shape.hopsDone[name] + 1) } };
        const [less, further] = [daysOf(orderOf(shape), shape.asOf), daysOf(orderOf(more), shape.asOf)];
        for (const anchor of movable) expect((further[anchor] ?? '') <= (less[anchor] ?? '')).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('come in the order of a migration', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const found = earliest(orderOf(shape), shape.asOf);
        const places = found.map(({ anchor }) => anchorNames.indexOf(anchor));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        const days = found.map(({ day }) => day ?? '');
        expect(days).toEqual([...new Set(days)].sort());
      }),
      { numRuns: 50 },
    );
  });
});
