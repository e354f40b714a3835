import { describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { elementStory } from '../../support/elements.js';
import { Story, type Sent } from '../../support/story.js';
import { reopen } from '../../../rules/migration/edit.js';
import { withoutStaleNotices } from '../../../rules/migration/staleNotices.js';

const plain = (): Story => new Story(startedExample(exampleOrder('plain'), '2026-10-20'));
// Held by the practice, due Wed 28 Oct 2026: escalated to the practice, then to operator and manager.
const compatibility = 'third-party-compatibility';
const clear = (story: Story, about: string): string[] => story.told({ about, kind: 'allClear' });

describe('the all clear', () => {
  it('goes to whoever was escalated to, but not to who did it or holds it', () => {
    const story = plain().until('2026-11-06');
    expect(story.told({ about: compatibility }).filter((line) => line.startsWith('escalation'))).toEqual([
      'escalation to practiceManager on 2026-10-29',
      'escalation to csuOperator on 2026-11-02',
      'escalation to csuManager on 2026-11-04',
    ]);
    story.done(compatibility, { by: 'Tom Ashdown' });
    story.until('2026-11-12');
    expect(clear(story, compatibility)).toEqual(['allClear to csuManager on 2026-11-06']);
  });

  it('says what has become of it', () => {
    const story = plain().until('2026-11-06');
    story.done(compatibility, { by: 'Priya Nayar' });
    const [mail] = story.mails({ about: compatibility, kind: 'allClear' });
    expect(mail?.message.to.key).toBe('csuOperator');
    expect(mail?.message.items[0]?.news).toBe('It is done: Priya Nayar, on Friday 6 November 2026.');
  });

  it('is one mail to a person, whatever is over at once, and waits for working hours', () => {
    const story = plain().until('2026-11-06', 19 * 60);
    story.waive(compatibility);
    story.waive('technical-form');
    expect(clear(story, compatibility)).toEqual([]);
    story.until('2026-11-09');
    const mails = story.mails({ kind: 'allClear' }).filter(({ message }) => message.to.key === 'csuOperator');
    expect(mails.map(({ on, message }) => [on, message.items.length])).toEqual([['2026-11-09', 2]]);
  });

  it('goes to the holder too where it is waived, who has not done it', () => {
    const story = plain().until('2026-11-06');
    story.waive(compatibility);
    const [mail] = story.mails({ about: compatibility, kind: 'allClear' });
    expect(clear(story, compatibility)).toEqual([
      'allClear to practiceManager on 2026-11-06',
      'allClear to csuOperator on 2026-11-06',
    ]);
    expect(mail?.message.items[0]?.news).toBe('It is not needed any more, says Helen Marsh.');
  });

  it('goes to the deputy whom the escalation was copied to', () => {
    const story = plain().until('2026-11-06');
    story.waive(compatibility);
    const toOperator = ({ message }: Sent): boolean => message.to.key === 'csuOperator';
    const escalated = story.mails({ about: compatibility, kind: 'escalation' }).find(toOperator);
    const cleared = story.mails({ about: compatibility, kind: 'allClear' }).find(toOperator);
    expect(escalated?.message.cc.map(({ key }) => key)).toEqual(['csuOperator.deputy']);
    expect(cleared?.message.cc).toEqual(escalated?.message.cc);
  });

  it('is taken back when it is open again before anybody has heard of it', () => {
    const story = plain().until('2026-11-06', 19 * 60);
    story.waive(compatibility);
    expect(story.state.pending.map(({ kind }) => kind)).toContain('allClear');
    const { state } = story;
    const open = withoutStaleNotices(state, reopen(state, compatibility));
    expect(open.pending.filter(({ milestoneId }) => milestoneId === compatibility)).toEqual([]);
  });

  it('is not given for what was never escalated', () => {
    const story = plain().until('2026-10-28');
    story.done(compatibility);
    story.until('2026-11-12');
    expect(clear(story, compatibility)).toEqual([]);
  });

  it('is not given by a migration whose plan knows nothing of it', () => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const { behaviourVersion: _, ...plan } = start.plan;
    const story = new Story({ ...start, plan }).until('2026-11-06');
    story.done(compatibility, { by: 'Priya Nayar' });
    story.until('2026-11-12');
    expect(clear(story, compatibility)).toEqual([]);
    expect(story.sent.map(({ message }) => message.kind)).not.toContain('reminder');
  });

  it('is given when a late day has moved into the future', () => {
    // check-1 was due Tue 12 Jan, and is escalated to the operator on the 13th.
    const story = elementStory().until('2027-01-13');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    story.until('2027-01-14');
    const [mail] = story.mails({ about: 'check-1', kind: 'allClear' });
    expect(mail?.message.to.key).toBe('csuOperator');
    const item = mail?.message.items.find(({ milestoneId }) => milestoneId === 'check-1');
    expect(item?.news).toMatch(/^Its day is now .*: it is not late any more\.$/);
  });
});

describe('a day that moves', () => {
  it('is told to its holder, with the day that it was, where the old day had been told', () => {
    const story = elementStory().until('2027-01-11');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    const [mail, ...more] = story.mails({ kind: 'dateMoved' });
    expect(more).toEqual([]);
    expect(mail?.message.to.key).toBe('practiceManager');
    expect(mail?.message.items).toMatchObject([
      { milestoneId: 'check-1', movedFrom: '2027-01-12', dueOn: '2027-01-15', calendarSequence: 1 },
      { milestoneId: 'check-2', movedFrom: '2027-01-15', dueOn: '2027-01-20', calendarSequence: 1 },
      // Its last day stays, its first was Thursday 7 January.
      { milestoneId: 'visit', periodFrom: '2027-01-11', dueOn: '2027-01-28' },
    ]);
  });

  it('is told to nobody where nothing had been told', () => {
    const story = elementStory().until('2027-01-04');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    expect(story.mails({ kind: 'dateMoved' })).toEqual([]);
  });

  it('says why', () => {
    const story = elementStory().until('2027-01-11');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    const [mail] = story.mails({ kind: 'dateMoved' });
    expect(mail?.message.items[0]?.news).toBe('The data were loaded on Monday 11 January 2027.');
  });

  const movedOvernight = (...loadedOn: string[]): Story => {
    const story = elementStory().until('2027-01-13', 19 * 60);
    for (const on of loadedOn) story.says('rowan', 'extract.loaded', { data: { extract: 'initial', loadedOn: on } });
    return story;
  };
  const moves = (story: Story, about: string): [string | undefined, string | undefined][] =>
    story
      .mails({ kind: 'dateMoved', about })
      .flatMap(({ message }) => message.items.filter(({ milestoneId }) => milestoneId === about))
      .map(({ movedFrom, dueOn }) => [movedFrom, dueOn]);

  it('twice before anybody has heard of it is told once, from the day that people know', () => {
    const story = movedOvernight('2027-01-11', '2027-01-13').until('2027-01-15');
    expect(moves(story, 'check-1')).toEqual([['2027-01-12', '2027-01-18']]);
  });

  it('and is back before anybody has heard of it is not told at all', () => {
    // Loaded on Thu 7 January is what was planned: the 12th is its day again, and it is late again.
    const story = movedOvernight('2027-01-11', '2027-01-07').until('2027-01-15');
    expect(story.milestone('check-1')).toMatchObject({ status: 'open', slippedOn: '2027-01-13' });
    expect(moves(story, 'check-1')).toEqual([]);
    expect(story.told({ about: 'check-1', kind: 'allClear' })).toEqual([]);
  });

  it('is not told of what is done before anybody has heard of it', () => {
    const story = movedOvernight('2027-01-11');
    story.done('check-1');
    expect(moves(story.until('2027-01-15'), 'check-1')).toEqual([]);
  });

  it('raises the number of its calendar entry with each move', () => {
    const story = elementStory().until('2027-01-11');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    story.until('2027-01-13');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial', loadedOn: '2027-01-13' } });
    const sequences = story.mails({ kind: 'dateMoved' }).map(({ message }) => message.items[0]?.calendarSequence);
    expect(sequences).toEqual([1, 2]);
  });
});

describe('what reminders are called', () => {
  const kinds = (story: Story): Set<string> => new Set(story.sent.map(({ message }) => message.kind));

  it('tells one thing, what is due today, and several apart', () => {
    expect(kinds(plain().until('2026-12-31'))).toEqual(
      expect.objectContaining(new Set(['reminder', 'onTheDay', 'digest'])),
    );
  });

  it('leaves their keys as they were, so that nothing goes out again', () => {
    const { sent } = plain().until('2026-12-31');
    const keys = sent.filter(({ message }) => message.kind === 'onTheDay').map(({ message }) => message.key);
    expect(keys.every((key) => key.startsWith('digest'))).toBe(true);
  });
});
