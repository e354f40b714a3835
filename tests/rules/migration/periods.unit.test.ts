import { describe, expect, it } from 'vitest';
import { milestoneRow, migrationRow } from '../../../rules/migration/registerRows.js';
import { timelineOf } from '../../../rules/migration/timeline.js';
import { elementStory } from '../../support/elements.js';

// The weekly meeting: from Mon 19 Oct 2026 to Go Live, Tue 2 Feb 2027.
describe('a period', () => {
  it('reminds every week of its time, the practice beside the CSU', () => {
    const story = elementStory().until('2026-11-03');
    expect(story.told({ about: 'meeting' })).toEqual(
      ['2026-10-19', '2026-10-26', '2026-11-02'].flatMap((on) => [
        `digest to csuOperator on ${on}`,
        `digest to practiceManager on ${on}`,
      ]),
    );
  });

  it('says only the newest after an outage, to each', () => {
    const story = elementStory().until('2026-10-20').outageUntil('2026-11-10', 720);
    expect(story.told({ about: 'meeting', from: '2026-10-20' })).toEqual([
      'digest to csuOperator on 2026-11-10',
      'digest to practiceManager on 2026-11-10',
    ]);
    const { rungs } = story.milestone('meeting');
    expect([rungs['weekly-2'], rungs['weekly-3'], rungs['weekly-4']]).toEqual(['superseded', 'superseded', 'sent']);
  });

  it('is silent once it is done or waived', () => {
    const story = elementStory().until('2026-10-20');
    story.waive('meeting');
    expect(story.until('2027-02-02').mails({ about: 'meeting', from: '2026-10-21' })).toEqual([]);
  });

  it('passes by itself, never slips, and is not the next deadline', () => {
    const story = elementStory();
    expect(migrationRow(story.state, 'w').nextMilestoneId).not.toBe('counting');
    story.toTheEnd();
    expect(story.milestone('meeting')).toMatchObject({ status: 'passed', settledBy: 'leadtime' });
    expect(story.milestone('meeting')).not.toHaveProperty('slippedOn');
    expect(story.mails({ about: 'meeting', from: '2027-02-03' })).toEqual([]);
  });

  it('shows its first day and its last', () => {
    const { state } = elementStory();
    const days = { opensOn: '2026-10-19', dueOn: '2027-02-02' };
    expect(milestoneRow(state, 'meeting')).toMatchObject(days);
    expect(timelineOf(state).find(({ milestoneId }) => milestoneId === 'meeting')).toMatchObject(days);
  });
});
