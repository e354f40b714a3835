import { describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { elementStory } from '../../support/elements.js';
import { Story } from '../../support/story.js';

const plain = (): Story => new Story(startedExample(exampleOrder('plain'), '2026-10-20'));
// Due Wed 28 Oct 2026; its ladder escalates to the practice, then to operator and manager.
const compatibility = 'third-party-compatibility';

describe('a slip that an operator has taken on', () => {
  it('is told to nobody any more, while everything else goes on', () => {
    const acknowledged = plain().until('2026-10-29');
    const left = plain().until('2026-10-29');
    expect(acknowledged.acknowledges(compatibility)).toBeUndefined();
    acknowledged.until('2026-12-31');
    left.until('2026-12-31');
    expect(left.told({ about: compatibility, from: '2026-10-30' })).not.toEqual([]);
    expect(acknowledged.told({ about: compatibility, from: '2026-10-30' })).toEqual([]);
    const others = (story: Story) =>
      story.sent.flatMap(({ message }) => message.settles).filter(({ milestoneId }) => milestoneId !== compatibility);
    expect(others(acknowledged)).toEqual(others(left));
  });

  it('is in the audit with who and what for, and stays a slip', () => {
    const story = plain().until('2026-10-29');
    story.acknowledges(compatibility);
    expect(story.state.outbox.at(-1)).toMatchObject({
      type: 'slip.acknowledged',
      actor: 'Tom Ashdown',
      data: { milestoneId: compatibility, note: 'Rang them' },
    });
    expect(story.milestone(compatibility)).toMatchObject({
      status: 'open',
      slippedOn: '2026-10-29',
      slipAcknowledged: { by: 'Tom Ashdown', on: '2026-10-29', note: 'Rang them' },
    });
  });

  it('goes to whoever takes it on last', () => {
    const story = plain().until('2026-10-29');
    story.acknowledges(compatibility);
    story.acknowledges(compatibility, 'Helen Marsh');
    expect(story.milestone(compatibility).slipAcknowledged?.by).toBe('Helen Marsh');
  });

  it('does not keep formal mail back', () => {
    const story = plain().until('2026-12-23');
    const acknowledgement = { milestoneId: 'notify.eps', by: 'Tom Ashdown' };
    story.meanwhile({ type: 'slipAcknowledged', atMs: story.nowMs, acknowledgement }).until('2026-12-24');
    expect(story.told({ about: 'notify.eps', kind: 'notice' })).toHaveLength(1);
  });

  it('begins anew when its day moves: the ladder of the new day goes out', () => {
    const story = elementStory().until('2027-01-13');
    expect(story.acknowledges('check-1')).toBeUndefined();
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    expect(story.milestone('check-1').slipAcknowledged).toBeUndefined();
    story.until('2027-01-29');
    expect(story.told({ about: 'check-1', from: '2027-01-14' })).not.toEqual([]);
  });

  it.each([
    ['notify.eps', 'NotSlipped', ['go-live-date-agreed']],
    ['compat', 'UnknownMilestone', ['third-party-compatibility']],
  ])('cannot be %s: %s', (milestoneId, type, choices) => {
    const refusal = plain().until('2026-10-29').acknowledges(milestoneId);
    expect(refusal?.type).toBe(type);
    if (type === 'NotSlipped') expect(refusal?.choices).toEqual(expect.arrayContaining(choices));
  });

  it('cannot be one that is done', () => {
    const story = plain().until('2026-10-29');
    story.done(compatibility);
    expect(story.acknowledges(compatibility)?.type).toBe('MilestoneSettled');
  });
});

describe('a formal message that goes out late', () => {
  it('says on which day it should have gone', () => {
    const story = plain().until('2026-12-20').outageUntil('2026-12-30', 720);
    const [notice] = story.mails({ about: 'notify.eps', kind: 'notice' });
    expect(notice?.message.items[0]).toMatchObject({ shouldHaveGoneOn: '2026-12-24' });
  });

  it('says nothing of the kind when it is in time, and reminders never do', () => {
    const items = plain()
      .until('2026-12-31')
      .sent.flatMap(({ message }) => message.items);
    expect(items.filter(({ shouldHaveGoneOn }) => shouldHaveGoneOn !== undefined)).toEqual([]);
  });
});
