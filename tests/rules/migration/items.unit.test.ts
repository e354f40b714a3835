import { describe, expect, it } from 'vitest';
import { elementOrder, elementStory } from '../../support/elements.js';
import type { Story } from '../../support/story.js';

const planned = (story: Story, id: string) => story.state.plan.milestones.find((each) => each.id === id);
const mondays = (story: Story, about: string, from: string) => story.told({ about, kind: 'digest', from });

describe('an item of the order', () => {
  const order = elementOrder({
    surveyItems: [
      { id: 'printer', title: 'A label printer', owner: 'practice', siteId: 'main' },
      { id: 'cable', title: 'A cable {site}', owner: 'alder', dueOn: '2026-11-20' },
    ],
    actions: [{ id: 'rota', title: 'A rota', owner: 'csu', dueOn: '2026-12-01' }],
  });

  it('is planned with the rule’s day or its own, for whoever owns it', () => {
    const story = elementStory(order);
    expect(planned(story, 'survey.printer')).toMatchObject({
      ruleId: 'survey',
      kind: 'task',
      title: 'A label printer (Main site)',
      action: 'Deliver A label printer',
      holder: 'practice',
      siteId: 'main',
      opensOn: '2026-10-05',
      dueOn: '2027-01-26', // Go Live, Tue 2 Feb, less 5 working days
    });
    expect(planned(story, 'survey.cable')).toMatchObject({
      title: 'A cable {site} (Millbrook Lane)',
      holder: 'alder',
      partyId: 'alder',
      dueOn: '2026-11-20',
    });
    expect(planned(story, 'action.rota')).toMatchObject({ holder: 'csu', dueOn: '2026-12-01' });
  });
});

describe('an item added on the way', () => {
  it('is asked about week by week from the day on which it was added, until it is delivered', () => {
    const story = elementStory().until('2026-12-01');
    expect(story.adds()).toBeUndefined();
    story.until('2026-12-16');
    expect(mondays(story, 'survey.printer', '2026-12-01')).toEqual([
      'digest to practiceManager on 2026-12-01',
      'digest to practiceManager on 2026-12-08',
      'digest to practiceManager on 2026-12-15',
    ]);
    expect(story.done('survey.printer')).toBeUndefined();
    story.until('2027-02-10');
    expect(story.mails({ about: 'survey.printer', from: '2026-12-16' })).toEqual([]);
  });

  it('slips and escalates like everything else, and can be waived', () => {
    const story = elementStory().until('2026-12-01');
    story.adds({ kind: 'action', id: 'rota', dueOn: '2026-12-04' });
    story.until('2026-12-09');
    expect(story.milestone('action.rota').slippedOn).toBe('2026-12-07');
    expect(story.told({ about: 'action.rota', kind: 'escalation' })).toEqual([
      'escalation to practiceManager on 2026-12-07',
      'escalation to csuOperator on 2026-12-09',
    ]);
    expect(story.waive('action.rota')).toBeUndefined();
  });

  it('goes to the party that owns it', () => {
    const story = elementStory().until('2026-12-01');
    story.adds({ owner: 'alder', dueOn: '2026-12-10' });
    expect(planned(story, 'survey.printer')).toMatchObject({ holder: 'alder', partyId: 'alder' });
    expect(story.until('2026-12-10').told({ about: 'survey.printer' })).toEqual([
      'chase to alder.contact on 2026-12-10',
    ]);
  });

  it('is in the audit and the register, the audit without its words', () => {
    const story = elementStory().until('2026-12-01');
    story.adds();
    expect(story.state.outbox.find(({ type }) => type === 'item.added')).toMatchObject({
      actor: 'Tom Ashdown',
      data: { milestoneId: 'survey.printer', owner: 'practice', dueOn: '2027-01-26' },
    });
    expect(JSON.stringify(story.state.outbox)).not.toContain('label printer');
    expect(story.state.dirty).toContain('survey.printer');
  });

  it('has no date while Go Live has none', () => {
    const anchors = elementOrder().anchors;
    const { goLive: _, ...others } = anchors;
    const story = elementStory(elementOrder({ anchors: others })).until('2026-12-01');
    expect(story.adds()).toBeUndefined();
    expect(planned(story, 'survey.printer')).not.toHaveProperty('dueOn');
  });

  it('keeps the plan open until it is over', () => {
    const story = elementStory().until('2026-12-01');
    const { endsOn } = story.state.plan;
    story.adds({ kind: 'action', id: 'late', dueOn: '2027-12-01' });
    expect(endsOn < '2027-12-01').toBe(true);
    expect(story.state.plan.endsOn > '2027-12-01').toBe(true);
  });

  it.each([
    ['an owner who is nobody here', { owner: 'docman' }, 'UnknownOwner', ['practice', 'csu', 'alder', 'rowan']],
    ['a site that there is not', { siteId: 'branch' }, 'UnknownSite', ['main']],
    ['a day that has passed', { dueOn: '2026-11-30' }, 'DateNeeded', ['2026-12-01']],
    ['a day outside the calendar', { dueOn: '2099-01-01' }, 'DateNeeded', []],
    ['an action without a day', { kind: 'action' as const }, 'DateNeeded', []],
  ])('is refused for %s', (_what, item, type, choices) => {
    const story = elementStory().until('2026-12-01');
    const before = story.state;
    expect(story.adds(item)).toMatchObject({ type, choices });
    expect(story.state).toBe(before);
  });

  it('is refused twice, in a closed migration, and in one whose rules had no items', () => {
    const story = elementStory();
    story.adds();
    expect(story.adds()?.type).toBe('DuplicateItem');
    expect(story.cancel().adds({ id: 'other' })?.type).toBe('MigrationClosed');
    const old = elementStory(elementOrder(), ({ items: _, ...plan }) => plan);
    expect(old.adds()).toMatchObject({
      type: 'ItemsNotPlanned',
      message: expect.stringContaining('small 1.0.0') as string,
    });
  });
});
