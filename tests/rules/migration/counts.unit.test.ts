import { describe, expect, it } from 'vitest';
import { trendsOf, trendText } from '../../../rules/migration/counts.js';
import { timelineOf } from '../../../rules/migration/timeline.js';
import { elementOrder, elementStory } from '../../support/elements.js';
import type { Story } from '../../support/story.js';

const texts = (story: Story): string[] => trendsOf(story.state).map((trend) => trendText(trend, story.today()));
const asked = (story: Story): string[] => story.told({ about: 'counting', kind: 'digest' });
const notFalling = (story: Story): string[] => story.told({ kind: 'countsNotFalling' });
const auditOf = (story: Story, type: string) => story.state.outbox.filter((each) => each.type === type);

/** On Mon 30 Nov 2026, when counting has begun. */
const begun = (order = elementOrder()): Story => elementStory(order).until('2026-11-30');

describe('a report of counts', () => {
  it('shows the last two values of each counter and where it is going', () => {
    const story = begun();
    story.counts({ inbox: 55, duplicates: 12 });
    story.until('2026-12-07');
    story.counts({ inbox: 40 });
    expect(texts(story)).toEqual(['Duplicates 12 on Monday 30 November 2026', 'Inbox 40, was 55 a week ago']);
    expect(trendsOf(story.state, ['inbox'])).toEqual([
      {
        counterId: 'inbox',
        title: 'Inbox',
        value: 40,
        on: '2026-12-07',
        before: { on: '2026-11-30', value: 55 },
        direction: 'falling',
      },
    ]);
  });

  it('is in the timeline beside what it is counted for, and in the mails', () => {
    const story = begun();
    story.counts({ inbox: 55 });
    const entries = timelineOf(story.state).filter(({ counts }) => counts !== undefined);
    expect(entries.map(({ milestoneId }) => milestoneId)).toEqual(['inbox-low', 'inbox-zero', 'counting']);
    story.until('2026-12-31');
    const [mail] = story.mails({ about: 'inbox-low' });
    expect(mail?.message.items.find((item) => item.milestoneId === 'inbox-low')?.counts).toMatchObject([{ value: 55 }]);
  });

  it('is audited with its numbers and nothing else', () => {
    const story = begun();
    story.counts({ inbox: 55 });
    expect(auditOf(story, 'counts.reported')).toMatchObject([
      { actor: 'Priya Nayar', data: { on: '2026-11-30', values: { inbox: 55 } } },
    ]);
  });

  it('of an earlier day takes its place among the others, and is compared with', () => {
    const story = elementStory().until('2026-12-07');
    story.counts({ inbox: 40 });
    story.counts({ inbox: 30 }, '2026-11-30');
    expect(story.state.counts?.map(({ on }) => on)).toEqual(['2026-11-30', '2026-12-07']);
    expect(texts(story)).toEqual(['Inbox 40, was 30 a week ago']);
    expect(notFalling(story)).toEqual([]);
  });

  it('of the same day corrects what it names, and keeps the rest', () => {
    const story = begun();
    story.counts({ inbox: 400, duplicates: 12 });
    story.counts({ inbox: 40 });
    expect(story.state.counts).toEqual([
      { on: '2026-11-30', by: 'Priya Nayar', values: { inbox: 40, duplicates: 12 } },
    ]);
  });

  it('is kept for a bounded time', () => {
    const story = elementStory();
    for (let day = 1; day <= 130; day += 1) {
      const on = new Date(Date.UTC(2026, 4, day)).toISOString().slice(0, 10);
      expect(story.counts({ inbox: day }, on)).toBeUndefined();
    }
    expect(story.state.counts).toHaveLength(120);
    expect(story.state.counts?.at(-1)?.values).toEqual({ inbox: 130 });
  });

  it.each([
    [
      'a counter that nobody has heard of',
      { inboxes: 1 },
      undefined,
      'UnknownCounter',
      ['duplicates', 'inbox', 'records'],
    ],
    ['less than none', { inbox: -1 }, undefined, 'CountInvalid', []],
    ['half a thing', { inbox: 0.5 }, undefined, 'CountInvalid', []],
    ['nothing', {}, undefined, 'CountInvalid', ['duplicates', 'inbox', 'records']],
    ['a day to come', { inbox: 1 }, '2026-12-01', 'DateNeeded', ['2026-11-30']],
    ['a day that no calendar knows', { inbox: 1 }, '1999-12-31', 'DateNeeded', []],
  ])('is refused for %s', (_what, values, on, type, choices) => {
    const story = begun();
    const before = story.state;
    expect(story.counts(values, on)).toMatchObject({ type, choices });
    expect(story.state).toBe(before);
  });

  it('is refused once the migration is off, and in one that was planned before anything was counted', () => {
    expect(begun().cancel().counts({ inbox: 1 })?.type).toBe('MigrationClosed');
    const old = elementStory(elementOrder(), ({ counters: _, ...plan }) => plan);
    expect(old.counts({ inbox: 1 })).toMatchObject({
      type: 'UnknownCounter',
      message: 'Nothing is counted in this migration.',
    });
  });
});

describe('numbers that do not fall', () => {
  function reportedTwice(first: number, second: number, on: string, order = elementOrder()): Story {
    const story = begun(order);
    story.counts({ inbox: first });
    story.until(on);
    story.counts({ inbox: second });
    return story;
  }

  it('are told to the practice manager and the CSU, once', () => {
    const story = reportedTwice(55, 55, '2026-12-07');
    const both = ['countsNotFalling to practiceManager on 2026-12-07', 'countsNotFalling to csuOperator on 2026-12-07'];
    expect(notFalling(story)).toEqual(both);
    expect(notFalling(story.until('2026-12-11'))).toEqual(both);
    const [mail] = story.mails({ kind: 'countsNotFalling' });
    expect(mail?.message.items).toMatchObject([
      { milestoneId: 'inbox-low', counts: [{ counterId: 'inbox', value: 55, before: { value: 55 } }] },
    ]);
  });

  it('are told again with the next report that shows no less', () => {
    const story = reportedTwice(55, 55, '2026-12-07').until('2026-12-14');
    story.counts({ inbox: 60 });
    expect(notFalling(story)).toHaveLength(4);
  });

  it.each([
    ['when they have fallen', 55, 54, '2026-12-07'],
    ['when none is left', 0, 0, '2026-12-07'],
    // Fri 4 December is the fourth working day.
    ['within five working days', 55, 55, '2026-12-04'],
  ])('are not told %s', (_when, first, second, on) => {
    expect(notFalling(reportedTwice(first, second, on))).toEqual([]);
  });

  it('are compared with the last report that is at least five working days old', () => {
    const story = begun();
    story.counts({ inbox: 55 });
    story.until('2026-12-04');
    story.counts({ inbox: 70 });
    story.until('2026-12-07');
    story.counts({ inbox: 60 });
    expect(story.mails({ kind: 'countsNotFalling' })[0]?.message.items[0]?.counts).toMatchObject([
      { value: 60, before: { on: '2026-11-30', value: 55 }, direction: 'rising' },
    ]);
  });

  it('are low enough under the order’s threshold, until none may be left', () => {
    const order = elementOrder({ countThresholds: { inbox: 60 } });
    expect(notFalling(reportedTwice(55, 55, '2026-12-07', order))).toEqual([]);
    const story = begun(order);
    expect(story.done('inbox-low')).toBeUndefined();
    story.counts({ inbox: 55 });
    story.until('2026-12-07');
    story.counts({ inbox: 55 });
    expect(notFalling(story)).toHaveLength(2);
  });

  it('wait for the morning, and then the newest report is told', () => {
    const story = begun();
    story.counts({ inbox: 55 });
    story.until('2026-12-07', 20 * 60);
    story.counts({ inbox: 55 });
    expect(notFalling(story)).toEqual([]);
    story.counts({ inbox: 50 });
    expect(notFalling(story.until('2026-12-08'))).toEqual([]);
  });

  it('of a list that has to grow are nobody’s worry', () => {
    const story = begun();
    story.counts({ records: 20 });
    story.until('2026-12-07');
    story.counts({ records: 20 });
    expect(notFalling(story)).toEqual([]);
  });
});

describe('the weekly question', () => {
  it('is asked every week of the period, from its first day to its last', () => {
    const story = elementStory().toTheEnd();
    expect(asked(story).filter((line) => line.includes('practiceManager'))).toEqual(
      // Thursdays; New Year's Eve is worked.
      ['11-26', '12-03', '12-10', '12-17', '12-24', '12-31', '01-07', '01-14', '01-21', '01-28'].map(
        (day) => `digest to practiceManager on ${day.startsWith('1') ? '2026' : '2027'}-${day}`,
      ),
    );
    expect(story.status('counting')).toEqual(['passed']);
  });

  it('is not asked in a week that has its numbers', () => {
    const story = elementStory().until('2026-12-07');
    story.counts({ inbox: 40 });
    story.until('2026-12-20');
    expect(asked(story).filter((line) => line.includes('practiceManager'))).toEqual([
      'digest to practiceManager on 2026-11-26',
      'digest to practiceManager on 2026-12-03',
      'digest to practiceManager on 2026-12-17',
    ]);
    expect(story.milestone('counting').rungs['weekly-3']).toBe('superseded');
  });

  it('that nobody answers twice is told to the CSU, in its digest, and every two weeks from then on', () => {
    const story = elementStory().until('2027-01-01');
    const told = asked(story).filter((line) => line.includes('csuOperator'));
    expect(told).toEqual(['digest to csuOperator on 2026-12-10', 'digest to csuOperator on 2026-12-24']);
    const mail = story
      .mails({ about: 'counting', from: '2026-12-10' })
      .find(({ message }) => message.to.key === 'csuOperator');
    expect(mail?.message.items.find(({ milestoneId }) => milestoneId === 'counting')?.news).toBe(
      'The last 2 weekly questions for these numbers have had no answer.',
    );
  });

  it('that is answered late starts the count again', () => {
    const story = elementStory().until('2026-12-07');
    story.counts({ inbox: 40 });
    story.until('2026-12-24');
    expect(asked(story).filter((line) => line.includes('csuOperator'))).toEqual([]);
  });

  it('is asked once after an outage, and not at all once the period is over', () => {
    const story = elementStory().until('2026-11-25').outageUntil('2026-12-18', 720);
    expect(asked(story).filter((line) => line.includes('practiceManager'))).toEqual([
      'digest to practiceManager on 2026-12-18',
    ]);
    story.outageUntil('2027-02-01', 720);
    expect(story.mails({ about: 'counting', from: '2027-01-01' })).toEqual([]);
    expect(story.status('counting')).toEqual(['passed']);
  });
});

describe('a milestone that is counted', () => {
  it('is not done while something is left where nothing may be, and can be waived by name', () => {
    const story = begun();
    story.counts({ inbox: 3 });
    expect(story.done('inbox-zero')).toMatchObject({
      type: 'CountsNotZero',
      message: expect.stringContaining('inbox 3 (2026-11-30)') as string,
    });
    expect(story.waive('inbox-zero')).toBeUndefined();
  });

  it('is done when none is left, or nothing has been reported', () => {
    const story = begun();
    expect(story.done('inbox-low')).toBeUndefined();
    story.counts({ inbox: 0 });
    expect(story.done('inbox-zero')).toBeUndefined();
  });

  it('is not done above the order’s threshold, and is done as low as possible where there is none', () => {
    const story = begun(elementOrder({ countThresholds: { inbox: 10 } }));
    story.counts({ inbox: 11 });
    expect(story.done('inbox-low')).toMatchObject({
      type: 'CountsNotZero',
      message: expect.stringContaining('inbox 11 (2026-11-30, with 10 allowed)') as string,
    });
    story.counts({ inbox: 10 });
    expect(story.done('inbox-low')).toBeUndefined();
    const free = begun();
    free.counts({ inbox: 400 });
    expect(free.done('inbox-low')).toBeUndefined();
  });
});
