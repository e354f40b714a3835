import { describe, expect, it } from 'vitest';
import { elementOrder, elementStory } from '../../support/elements.js';
import type { Story } from '../../support/story.js';

// IDPD is Thu 7 Jan 2027: check-1 is planned for Tue 12 Jan and check-2 for Fri 15 Jan (Sun 17 Jan, moved to before).
const received = 'extract.initial.alder.core.1.received';

function days(story: Story, id: string): (string | undefined)[] {
  const { opensOn, dueOn } = story.state.plan.milestones.find((each) => each.id === id) ?? {};
  return opensOn === undefined ? [dueOn] : [opensOn, dueOn];
}

const loaded = (story: Story, change = {}) =>
  story.says('rowan', 'extract.loaded', { data: { extract: 'initial', ...change } });

const followedAudit = (story: Story) => story.state.outbox.filter(({ type }) => type === 'milestones.followed');

describe('the day on which the Initial data are loaded', () => {
  it('moves what is counted from it, and nothing else', () => {
    const story = elementStory().until('2027-01-11');
    const before = story.state.plan.milestones;
    loaded(story);
    expect(days(story, 'check-1')).toEqual(['2027-01-15']); // Sat 16 Jan, moved to before
    expect(days(story, 'check-2')).toEqual(['2027-01-20']);
    expect(days(story, 'visit')).toEqual(['2027-01-11', '2027-01-28']);
    const moved = story.state.plan.milestones.filter((each, index) => each !== before[index]).map(({ id }) => id);
    expect(moved).toEqual(['check-1', 'check-2', 'visit']);
    expect(story.milestone(received)).toMatchObject({ status: 'done', loadedOn: '2027-01-11' });
  });

  it('is the one that the supplier names, not the production day', () => {
    const story = elementStory().until('2027-01-14');
    story.says('rowan', 'extract.loaded', { date: '2027-01-07', data: { extract: 'initial', loadedOn: '2027-01-11' } });
    expect(days(story, 'check-1')).toEqual(['2027-01-15']);
  });

  it.each(['2027-01-15', '1999-01-01', 'soon', 7])('is today where %s is named', (loadedOn) => {
    const story = elementStory().until('2027-01-11');
    loaded(story, { loadedOn });
    expect(story.milestone(received).loadedOn).toBe('2027-01-11');
  });

  it('counts after the data were only received', () => {
    const story = elementStory().until('2027-01-08');
    story.says('rowan', 'extract.received', { data: { extract: 'initial' } });
    story.until('2027-01-11');
    expect(loaded(story)).toMatchObject({
      effect: 'done',
      message: 'This was already done. What follows the loading has new days.',
    });
    expect(days(story, 'check-1')).toEqual(['2027-01-15']);
    expect(loaded(story)).toMatchObject({ effect: 'noted', message: 'This was already done.' });
  });

  it('is not moved by a repeat of the same word, but by one that names a day', () => {
    const story = elementStory().until('2027-01-11');
    loaded(story);
    story.until('2027-01-13');
    loaded(story);
    expect(days(story, 'check-1')).toEqual(['2027-01-15']);
    loaded(story, { loadedOn: '2027-01-12' });
    expect(days(story, 'check-1')).toEqual(['2027-01-15']);
    expect(days(story, 'check-2')).toEqual(['2027-01-20']);
    loaded(story, { loadedOn: '2027-01-13' });
    expect(days(story, 'check-1')).toEqual(['2027-01-18']);
  });

  it('is the latest: a second extract begins the checking anew', () => {
    const story = elementStory().until('2027-01-11');
    loaded(story);
    story.done('check-1');
    story.says('rowan', 'extract.rejected', { data: { extract: 'initial' } });
    story.until('2027-01-20');
    loaded(story);
    expect(days(story, 'check-1')).toEqual(['2027-01-15']);
    expect(days(story, 'check-2')).toEqual(['2027-01-29']);
  });

  it('is not that of the Final extract', () => {
    const story = elementStory().until('2027-01-29');
    story.says('rowan', 'extract.loaded', { data: { extract: 'final' } });
    expect(followedAudit(story)).toEqual([]);
    expect(days(story, 'check-1')).toEqual(['2027-01-12']);
  });

  it('changes nothing where it is the planned day, or the plan knows no ladders for it', () => {
    const onTime = elementStory().until('2027-01-07');
    const { plan } = onTime.state;
    loaded(onTime);
    expect(onTime.state.plan).toBe(plan);
    const old = elementStory(elementOrder(), ({ followLadders: _, ...rest }) => rest).until('2027-01-11');
    loaded(old);
    expect(days(old, 'check-1')).toEqual(['2027-01-12']);
    expect(followedAudit(old)).toEqual([]);
  });

  it('is audited with the days before and after', () => {
    const story = elementStory().until('2027-01-11');
    loaded(story);
    expect(followedAudit(story)).toMatchObject([
      {
        actor: 'rowan',
        data: {
          event: 'initialDataLoaded',
          on: '2027-01-11',
          milestones: [
            { milestoneId: 'check-1', before: { dueOn: '2027-01-12' }, after: { dueOn: '2027-01-15' } },
            { milestoneId: 'check-2', before: { dueOn: '2027-01-15' }, after: { dueOn: '2027-01-20' } },
            { milestoneId: 'visit', before: { opensOn: '2027-01-07' }, after: { opensOn: '2027-01-11' } },
          ],
        },
      },
    ]);
  });
});

describe('the reminders of days that have moved', () => {
  it('go out again for the new day', () => {
    const story = elementStory().until('2027-01-13');
    // Due 12 January: reminded on the 5th and 12th, escalated on the 13th.
    expect(story.told({ about: 'check-1' })).toEqual([
      'digest to practiceManager on 2027-01-05',
      'digest to practiceManager on 2027-01-12',
      'escalation to csuOperator on 2027-01-13',
    ]);
    expect(story.milestone('check-1').slippedOn).toBe('2027-01-13');
    loaded(story);
    expect(story.milestone('check-1')).not.toHaveProperty('slippedOn');
    story.until('2027-01-20');
    // Due Mon 18 January now; the week before was Mon 11, which is told at once.
    expect(story.told({ about: 'check-1', from: '2027-01-13' })).toEqual([
      'escalation to csuOperator on 2027-01-13',
      'digest to practiceManager on 2027-01-13',
      'dateMoved to practiceManager on 2027-01-13',
      'allClear to csuOperator on 2027-01-13',
      'digest to practiceManager on 2027-01-18',
      'escalation to csuOperator on 2027-01-19',
    ]);
  });

  it('are not repeated on a day on which they have gone out', () => {
    const story = elementStory().until('2027-01-12');
    // Due 15 January: its week before is Fri 8; reminded on the 12th for the 12th already.
    loaded(story, { loadedOn: '2027-01-09' });
    expect(days(story, 'check-1')).toEqual(['2027-01-14']);
    loaded(story, { loadedOn: '2027-01-07' });
    story.until('2027-01-12', 1000);
    expect(days(story, 'check-1')).toEqual(['2027-01-12']);
    const onTheDay = story.mails({ about: 'check-1', from: '2027-01-12' }).flatMap(({ message }) => message.settles);
    const rungs = onTheDay.filter(({ milestoneId }) => milestoneId === 'check-1').map(({ rungId }) => rungId);
    expect(rungs.filter((id) => id.startsWith('on-the-day'))).toEqual(['on-the-day']);
    expect(new Set(rungs).size).toBe(rungs.length);
  });

  it('leave no wake behind the end of the plan', () => {
    const story = elementStory().until('2027-01-11');
    loaded(story);
    const { endsOn, milestones } = story.state.plan;
    const last = milestones.flatMap(({ dueOn = '', ladder }) => [dueOn, ...ladder.map(({ on = '' }) => on)]).toSorted();
    expect(endsOn).toBe(last.at(-1));
  });
});

describe('checking that no longer fits before cut-over', () => {
  it('is told to the CSU, once', () => {
    const story = elementStory().until('2027-01-20');
    loaded(story);
    const [mail, ...more] = story
      .mails({ kind: 'escalation', about: 'check-2', from: '2027-01-20' })
      .filter(({ message }) => message.items.some(({ news }) => news !== undefined));
    expect(more).toEqual([]);
    expect(mail?.message.to.key).toBe('csuOperator');
    expect(mail?.message.items.find(({ news }) => news !== undefined)).toMatchObject({
      milestoneId: 'check-2',
      dueOn: '2027-01-29',
      news: 'The data were loaded on Wednesday 20 January 2027. The checking no longer fits before the Final data production day, Thursday 28 January 2027.',
    });
  });

  it('is not told while it fits', () => {
    const story = elementStory().until('2027-01-11');
    loaded(story);
    const news = story.sent.flatMap(({ message }) => message.items.flatMap((item) => item.news ?? []));
    expect(news.filter((line) => line.includes('no longer fits'))).toEqual([]);
  });
});
