import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../rules/calendar/clock.js';
import { decide } from '../../../rules/migration/decide.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = exampleOrder('plain');
const initial = (hop: string): string => `extract.initial.alder.core.1.${hop}`;

const londonTime = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});
const londonHour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' });

describe('outside working hours', () => {
  /** 2026-10-24 is a Saturday, 2026-12-25 a bank holiday, and 20:00 and 03:00 are in nobody's working day. */
  it.each([
    ['a night', '2026-10-20', 20 * 60, '2026-10-21'],
    ['the small hours', '2026-10-20', 3 * 60, '2026-10-20'],
    ['a Saturday', '2026-10-24', 12 * 60, '2026-10-26'],
  ])(
    '%s: the formal request goes out at once, a reminder waits for the next morning',
    (_name, day, minute, morning) => {
      const order: Order = { ...plain, orderedOn: day, decisions: { ...plain.decisions, extractRequestSentBy: 'csu' } };
      const story = new Story(startedExample(order, day, minute));
      expect(story.told({ kind: 'request' })).toEqual(Array(2).fill(`request to alder.contact on ${day}`));
      story.says('alder', 'form.sent', { data: { extract: 'initial' } });
      expect(story.told({ about: initial('formReturned') })).toEqual([]);
      story.until(morning);
      expect(story.told({ about: initial('formReturned') })).toEqual([`digest to practiceManager on ${morning}`]);
    },
  );

  it('on a bank holiday a mismatch waits for the next working morning', () => {
    const story = new Story(startedExample(plain)).until('2026-12-25');
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    expect(story.told({ kind: 'mismatch' })).toEqual([]);
    story.until('2026-12-29');
    expect(story.told({ kind: 'mismatch' })).toEqual([
      'mismatch to practiceManager on 2026-12-29',
      'mismatch to csuOperator on 2026-12-29',
    ]);
  });
});

describe('after an outage', () => {
  it('reminders fold to the newest, escalations all go, and every formal notice goes', () => {
    const story = new Story(startedExample(plain)).until('2026-12-11');
    story.outageUntil('2027-01-20', 11 * 60);
    const late = story.sent.filter(({ on }) => on === '2027-01-20').map(({ message }) => message);
    expect(late.filter(({ kind }) => kind === 'notice').map(({ to }) => to.key)).toEqual([
      'eps.contact',
      'county-labs.contact',
      'pcse.contact',
    ]);
    const rungs = late
      .flatMap(({ settles }) => settles)
      .filter(({ milestoneId }) => milestoneId === 'clean-up-records');
    expect(rungs.map(({ rungId }) => rungId).sort()).toEqual(['late-1', 'late-3', 'late-5']);
    expect(story.milestone('clean-up-records').rungs).toMatchObject({ 'on-the-day': 'superseded', 'late-5': 'sent' });
    // Due Wed 27 Jan: two of its reminders have come meanwhile, and only the newer says anything.
    expect(story.milestone('export-templates').rungs).toEqual({
      'two-weeks-before': 'superseded',
      'week-before': 'sent',
    });
  });

  it('one person has one digest and one mail of escalations', () => {
    const story = new Story(startedExample(plain)).until('2026-12-11').outageUntil('2027-01-20', 11 * 60);
    const late = story.sent.filter(({ on }) => on === '2027-01-20').map(({ message }) => message);
    const together = late.filter(({ kind }) => kind === 'digest' || kind === 'escalation');
    expect(new Set(together.map(({ kind, to }) => `${kind}/${to.key}`)).size).toBe(together.length);
  });

  it('in the night only the formal notices go, and the rest in the morning', () => {
    const story = new Story(startedExample(plain)).until('2026-12-11').outageUntil('2027-01-20', 2 * 60);
    const night = story.sent.filter(({ on }) => on === '2027-01-20').map(({ message }) => message.kind);
    expect(new Set(night)).toEqual(new Set(['notice']));
    story.until('2027-01-20');
    expect(story.told({ about: 'clean-up-records', from: '2027-01-20' })).toHaveLength(3);
  });
});

describe('a late start at an accepted risk', () => {
  const anchors = plain.anchors;
  const acceptRisk = { by: 'Helen Marsh', reason: 'Alder can do it in three weeks.' };
  const late: Order = { ...plain, orderedOn: '2026-12-14', anchors, acceptRisk };

  it('asks at once and escalates what has slipped on the first day', () => {
    const story = new Story(startedExample(late));
    expect(story.told({ kind: 'request' })).toHaveLength(2);
    // The form should have been at the practice on 24 November.
    expect(story.milestone(initial('formAtPractice')).slippedOn).toBe('2026-12-14');
    expect(story.told({ about: initial('formAtPractice') }).toSorted()).toEqual([
      'digest to practiceManager on 2026-12-14',
      'escalation to alder.accountManager on 2026-12-14',
      'escalation to alder.contact on 2026-12-14',
      'escalation to csuOperator on 2026-12-14',
    ]);
  });

  it('writes the accepted risks into the audit', () => {
    const [first] = new Story(startedExample(late)).state.outbox;
    expect(first?.type).toBe('migration.started');
    expect(first?.data['risks']).toBeInstanceOf(Array);
  });
});

describe('the clock changes', () => {
  it.each([
    ['spring', 'rich', '2027-03-26', '2027-03-30'],
    ['autumn', 'plain', '2026-10-23', '2026-10-26'],
  ])('in %s the next morning is at nine in London all the same', (_season, example, eve, morning) => {
    const story = new Story(startedExample(exampleOrder(example)));
    story.until(eve, 20 * 60);
    story.says('alder', 'form.received', { date: '2027-05-05', data: { extract: 'initial' } });
    const { wakeAtMs = 0 } = decide(story.state, story.nowMs);
    const { clock, sendAtMinute } = story.state.plan.workingTime;
    expect(wakeAtMs).toBe(instantOf(clock, morning, sendAtMinute));
    expect(londonHour.format(wakeAtMs)).toBe('09');
  });

  it.each(['plain', 'rich', 'mid-flight'])(
    '%s wakes at its own minute past nine in London, summer and winter',
    (name) => {
      const order = exampleOrder(name);
      const story = new Story(startedExample(order, name === 'mid-flight' ? '2026-11-02' : order.orderedOn)).toTheEnd();
      expect(new Set(story.wakes.map((wake) => londonTime.format(wake).split(', ')[1])).size).toBe(1);
      expect(londonHour.format(story.wakes[0])).toBe('09');
    },
  );
});

describe('a migration that outlives its calendar', () => {
  it('still answers, in working hours and out of them', () => {
    const state = { ...startedExample(plain), rehearsal: false };
    const story = new Story(state).toTheEnd();
    const past = Date.parse('2029-01-06T12:00:00Z');
    const decision = decide(
      {
        ...story.state,
        pending: [{ kind: 'undeliverable', audience: 'operator', milestoneId: 'anchor.goLive', rungId: 'late' }],
      },
      past,
    );
    expect(decision.messages).toEqual([]);
    expect(londonTime.format(decision.wakeAtMs)).toMatch(/^08\/01\/2029, 09:/);
    expect(() => decide(startedExample(plain), past)).not.toThrow();
  });
});
