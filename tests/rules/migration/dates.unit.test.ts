import { describe, expect, it } from 'vitest';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, plannedExample, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = exampleOrder('plain');
const midFlight = exampleOrder('mid-flight');

function withAnchors(anchors: Partial<Order['anchors']>): Order {
  return { ...plain, anchors: { ...plain.anchors, ...anchors } };
}

const finalProvisional = withAnchors({ finalDataProduction: { on: '2027-01-28', status: 'provisional' } });
const storyOf = (order: Order, asOf = order.orderedOn): Story => new Story(startedExample(order, asOf));

describe('a date that is provisional', () => {
  it('holds back every notice that is counted from it, and says so to the CSU', () => {
    const story = storyOf(finalProvisional).until('2027-01-20');
    expect(story.told({ kind: 'notice' })).toEqual([]);
    expect(story.told({ about: 'notify.eps' })).toEqual([
      'escalation to csuOperator on 2026-12-29',
      'escalation to csuManager on 2026-12-31',
    ]);
  });

  it('is asked about until its latest start', () => {
    const story = storyOf(finalProvisional).toTheEnd();
    const { milestones } = story.state.plan;
    const due = milestones.find(({ id }) => id === 'confirm.finalDataProduction')?.dueOn;
    // Ten working days before the form for the Final extract is due back, Tue 22 Dec 2026.
    expect(due).toBe('2026-12-08');
    expect(story.told({ about: 'confirm.finalDataProduction' })).toEqual([
      'digest to csuOperator on 2026-12-01',
      'digest to csuOperator on 2026-12-08',
      'escalation to csuOperator on 2026-12-10',
      'escalation to csuManager on 2026-12-15',
      'escalation to csuManager on 2026-12-22',
    ]);
  });

  it('once confirmed lets every notice go at once that is due, and the others on their days', () => {
    const story = storyOf(finalProvisional).until('2026-12-30');
    expect(story.done('confirm.finalDataProduction', { forDate: '2027-01-28' })).toBeUndefined();
    expect(story.told({ kind: 'notice' })).toEqual(['notice to eps.contact on 2026-12-30']);
    story.until('2027-01-14');
    expect(story.told({ kind: 'notice' })).toHaveLength(3);
    expect(story.state.plan.milestones.some(({ provisional }) => provisional)).toBe(false);
  });

  it('cannot be confirmed as another day than the plan has', () => {
    expect(storyOf(finalProvisional).done('confirm.finalDataProduction', { forDate: '2027-01-29' })).toMatchObject({
      type: 'DateNeeded',
      choices: ['2027-01-28'],
    });
  });
});

describe('a date that is absent', () => {
  const order = withAnchors({ finalDataProduction: undefined, goLive: undefined });

  it('leaves what is counted from it without a day, and chases the date itself', () => {
    const story = storyOf(order).toTheEnd();
    const { milestones } = story.state.plan;
    expect(
      milestones.filter(({ anchor, dueOn }) => anchor === 'finalDataProduction' && dueOn).map(({ id }) => id),
    ).toEqual(['confirm.finalDataProduction']);
    expect(story.told({ about: 'confirm.finalDataProduction', kind: 'escalation' })).toHaveLength(3);
    expect(story.told({ kind: 'notice' })).toEqual([]);
  });

  it('cannot be confirmed before there is one', () => {
    expect(storyOf(order).done('confirm.goLive')?.type).toBe('DateNeeded');
  });

  it('does not keep the request from going out on day one, nor a cancellation from being told', () => {
    const story = storyOf(order);
    expect(story.told({ kind: 'request' })).toHaveLength(2);
    story.cancel();
    expect(story.told({ kind: 'cancelled' })).toHaveLength(2);
  });
});

describe('what was done before the start', () => {
  const asOf = '2026-11-02';
  const story = storyOf(midFlight, asOf).toTheEnd();

  it('is never mailed, nor what it overtook', () => {
    const done = midFlight.alreadyDone.map(({ milestone }) => milestone);
    expect(done.flatMap((about) => story.told({ about }))).toEqual([]);
    expect(done.map((id) => story.milestone(id).status)).toEqual(done.map(() => 'done'));
  });

  it('moves the handshake on: the next hop is chased', () => {
    expect(story.told({ about: 'extract.initial.alder.core.1.delivered' })[0]).toBe(
      'chase to alder.contact on 2026-11-17',
    );
  });

  const wrongDay = (changes: Record<string, string>): Order => ({
    ...midFlight,
    alreadyDone: midFlight.alreadyDone.map((done) => {
      const forDate = changes[done.milestone];
      return forDate === undefined ? done : { ...done, forDate };
    }),
  });
  const received = 'extract.initial.alder.core.1.formReceived';
  const scheduled = 'extract.initial.alder.core.1.scheduled';

  it('for another day is not done: it escalates on the first day', () => {
    const late = storyOf(wrongDay({ [scheduled]: '2026-11-26' }), asOf);
    expect(late.milestone(scheduled)).toMatchObject({ status: 'open', statedDate: '2026-11-26' });
    expect(late.milestone(scheduled)).not.toHaveProperty('settledOn');
    expect(late.told({ about: scheduled, kind: 'mismatch' })).toHaveLength(2);
  });

  it('for another day is settled where a later hop is done for the right one', () => {
    const late = storyOf(wrongDay({ [received]: '2026-11-26' }), asOf);
    expect(late.status(received, scheduled)).toEqual(['done', 'done']);
    expect(late.told({ kind: 'mismatch' })).toEqual([]);
  });

  it('clears the hops before it that the order does not list', () => {
    const alreadyDone = midFlight.alreadyDone.filter(({ milestone }) => milestone === scheduled);
    const late = storyOf({ ...midFlight, alreadyDone }, asOf);
    expect(late.status('extract.initial.alder.core.1.asked', received, scheduled)).toEqual([
      'cleared',
      'cleared',
      'done',
    ]);
    expect(late.told({ about: 'extract.initial.alder.core.1.asked' })).toEqual([]);
  });

  it('makes no problem of the plan', () => {
    expect(plannedExample(midFlight, asOf).plan.problems.filter(({ severity }) => severity !== 'warning')).toEqual([]);
  });
});
