import { describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = (): Story => new Story(startedExample(exampleOrder('plain'), '2026-10-20'));
const withRouter = (story: Story): Story => {
  story.until('2026-10-26');
  expect(story.adds({ id: 'router', title: 'A new router', owner: 'alder' })).toBeUndefined();
  return story;
};
const router = 'survey.router';

describe('a party that does not answer', () => {
  it('is written to three times; then the CSU is asked to ring, with the days and the number', () => {
    const story = withRouter(plain()).until('2026-11-23');
    expect(story.told({ about: router })).toEqual([
      'chase to alder.contact on 2026-10-26',
      'chase to alder.contact on 2026-11-02',
      'chase to alder.contact on 2026-11-09',
      'callTask to csuOperator on 2026-11-16',
      'callTask to csuOperator on 2026-11-23',
    ]);
    const [call] = story.mails({ about: router, kind: 'callTask' });
    expect(call?.message.items[0]).toMatchObject({
      chasedOn: ['2026-10-26', '2026-11-02', '2026-11-09'],
      reach: { channel: 'phone', contactName: 'Alder extracts desk' },
    });
  });

  it('is written to for as long as the plan says nothing about calls', () => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const { callAfterChases: _, ...plan } = start.plan;
    const story = withRouter(new Story({ ...start, plan })).until('2026-11-23');
    expect(story.mails({ about: router, kind: 'chase' })).toHaveLength(5);
    expect(story.mails({ about: router, kind: 'callTask' })).toEqual([]);
  });

  it('is rung earlier where its own terms say so', () => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const story = withRouter(new Story({ ...start, plan: { ...start.plan, callAfterChasesOf: { alder: 1 } } }));
    expect(story.until('2026-11-09').told({ about: router })).toEqual([
      'chase to alder.contact on 2026-10-26',
      'callTask to csuOperator on 2026-11-02',
      'callTask to csuOperator on 2026-11-09',
    ]);
  });

  it('is not rung for a mail that never reached it', () => {
    const story = plain();
    story.refused.add('alder.contact');
    withRouter(story).until('2026-11-16');
    expect(story.mails({ about: router, kind: 'callTask' })).toEqual([]);
    expect(story.milestone(router).chasedOn).toBeUndefined();
  });

  it('is rung once for all that it does not answer, as a mail tells it once', () => {
    const story = withRouter(plain());
    expect(story.adds({ id: 'switch', title: 'A new switch', owner: 'alder' })).toBeUndefined();
    story.until('2026-11-16');
    const calls = story.mails({ kind: 'callTask', from: '2026-11-01' });
    expect(calls.map(({ on, message }) => [on, message.items.map(({ milestoneId }) => milestoneId)])).toEqual([
      ['2026-11-16', [router, 'survey.switch']],
    ]);
  });

  it('has a mail that settles two rungs of one thing counted once', () => {
    const story = plain().until('2026-10-26');
    const [{ message } = { message: undefined }] = story.mails({ kind: 'digest' });
    if (message === undefined) throw new Error('No mail has gone out.');
    const to = { ...message.to, key: 'alder.contact', role: 'partyContact' as const };
    const settles = ['one', 'two'].map((rungId) => ({ milestoneId: 'clean-up', rungId, dateVersion: 1 }));
    story.deliver([{ ...message, kind: 'chase', key: 'chase/twice', to, settles }]);
    expect(story.milestone('clean-up').chasedOn).toEqual(['2026-10-26']);
  });

  it('has its mails counted on the days on which they left', () => {
    const story = withRouter(plain()).until('2026-11-01').outageUntil('2026-11-04', 720);
    expect(story.milestone(router).chasedOn).toEqual(['2026-10-26', '2026-11-04']);
  });
});

describe('a supplier that does not answer, with the shipped ladders', () => {
  const form = 'extract.initial.alder.core.1.formAtPractice';

  it('is rung once three mails have gone unanswered, in place of one more word that it is late', () => {
    const told = plain().until('2026-12-10').told({ about: form });
    const mails = told.filter((line) => line.includes('to alder.contact'));
    expect(mails).toHaveLength(3);
    expect(told[3]).toMatch(/^callTask to csuOperator/);
    expect(told.filter((line) => line.startsWith('escalation to csuOperator'))).toEqual([]);
  });

  it('is escalated as before in a migration that was planned before', () => {
    const start = startedExample(exampleOrder('plain'), '2026-10-20');
    const story = new Story({ ...start, plan: { ...start.plan, behaviourVersion: 3 } }).until('2026-12-10');
    expect(story.mails({ about: form, kind: 'callTask' })).toEqual([]);
  });
});
