import { describe, expect, it } from 'vitest';
import { elementOrder, elementStory } from '../../support/elements.js';

const resting = ['list-request', 'list-complete'] as const;

describe('a decision', () => {
  it('cannot be marked done without saying what was decided', () => {
    const story = elementStory();
    expect(story.done('decision')).toMatchObject({ type: 'OutcomeNeeded', choices: ['needed', 'notNeeded'] });
    expect(story.done('decision', { outcome: 'needed' })).toBeUndefined();
    expect(story.milestone('decision')).toMatchObject({ status: 'done', outcome: 'needed' });
  });

  it('that something is not needed waives what rests on it, in the name of who decided', () => {
    const story = elementStory();
    expect(story.decides('notNeeded')).toBeUndefined();
    expect(story.status('decision', ...resting)).toEqual(['done', 'waived', 'waived']);
    expect(story.milestone('list-complete')).toMatchObject({
      settledBy: 'Dr Pryce',
      note: 'decided: reconciliation is not needed',
    });
    const waived = story.state.outbox.filter(({ type }) => type === 'milestone.waived');
    expect(waived.map(({ actor, data }) => [actor, data['milestoneId']])).toEqual(
      resting.map((id) => ['Dr Pryce', id]),
    );
    story.until('2027-02-03');
    expect(story.mails({ about: 'list-request' })).toEqual([]);
    expect(story.done('anchor.goLive')).toBeUndefined();
  });

  it('that it is needed leaves everything to be done, and Go Live waits for it', () => {
    const story = elementStory();
    story.decides('needed');
    expect(story.status(...resting)).toEqual(['open', 'open']);
    expect(story.done('anchor.goLive')).toMatchObject({ type: 'Blocked', choices: ['list-complete'] });
  });

  it('can be taken back: what it waived is open again, and nothing else', () => {
    const story = elementStory();
    story.waive('list-request');
    story.decides('notNeeded');
    expect(story.decides('needed', 'Dr Adeyemi')).toBeUndefined();
    expect(story.status('decision', ...resting)).toEqual(['done', 'waived', 'open']);
    expect(story.milestone('decision')).toMatchObject({ outcome: 'needed', settledBy: 'Dr Adeyemi' });
    expect(story.milestone('list-complete')).not.toHaveProperty('settledBy');
    expect(story.state.outbox.map(({ type }) => type)).toContain('milestone.reopened');
    expect(story.decides('notNeeded')).toBeUndefined();
    expect(story.status('list-complete')).toEqual(['waived']);
  });

  it('is refused when it says nothing new', () => {
    const story = elementStory();
    story.decides('needed');
    expect(story.decides('needed')?.type).toBe('MilestoneSettled');
  });

  it('is refused where the order has made it, and on a milestone that decides nothing', () => {
    const reconciliation = { by: 'Dr Pryce', on: '2026-10-05', needed: true };
    const undecided = elementStory(elementOrder(), (plan) => ({
      ...plan,
      milestones: plan.milestones.map(({ decides: _, ...each }) => each),
    }));
    expect(undecided.decides('needed')).toMatchObject({ type: 'NoDecision', choices: [] });
    expect(undecided.done('decision')).toBeUndefined();
    const story = elementStory(elementOrder({ decisions: { reconciliation } }));
    expect(story.done('sign-off', { outcome: 'needed' })?.type).toBe('NoDecision');
  });
});

describe('a sign-off', () => {
  it('says who signed, beside who reported it', () => {
    const story = elementStory();
    story.done('sign-off', { signedBy: 'Dr Pryce', reference: 'Minutes of 21 January' });
    expect(story.milestone('sign-off')).toMatchObject({
      settledBy: 'Tom Ashdown',
      note: 'Minutes of 21 January; signed by Dr Pryce',
    });
    expect(story.state.outbox.at(-1)).toMatchObject({ type: 'milestone.done', data: { signedBy: 'Dr Pryce' } });
  });
});
