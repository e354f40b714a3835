import { describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../../support/examples.js';
import { redateOf, redating } from '../../../support/redating.js';
import { Story } from '../../../support/story.js';

// Ordered Tue 20 Oct 2026; IDPD Thu 7 Jan 2027, FDP Thu 28 Jan, Go Live Tue 2 Feb. EPS is given notice 5 weeks before FDP.
const order = exampleOrder('plain');
const hop = (name: string, extract = 'initial') => `extract.${extract}.alder.core.1.${name}`;
const later = { initialDataProduction: '2027-02-18', finalDataProduction: '2027-03-11', goLive: '2027-03-16' };

function storyUntil(day: string, changed = order) {
  const story = new Story(startedExample(changed)).until(day);
  return { story, ...redating(story, changed) };
}

const dueOf = (story: Story, id: string): string | undefined =>
  story.state.plan.milestones.find((each) => each.id === id)?.dueOn;

const lastAudit = (story: Story) => story.state.outbox.findLast(({ type }) => type === 'migration.redated');

describe('moving the Initial data production day', () => {
  it('counts everything back from the new day', () => {
    const { story, move } = storyUntil('2026-11-10');
    move(later);
    // Thu 18 Feb less 5 weeks: Thu 14 Jan; less 2 working days: Tue 12 Jan; less 5: Tue 5 Jan; less 5: Tue 29 Dec, over 28 Dec and 1 Jan.
    expect([hop('formReceived'), hop('formReturned'), hop('formAtPractice')].map((id) => dueOf(story, id))).toEqual([
      '2027-01-14',
      '2027-01-12',
      '2027-01-05',
    ]);
    expect(dueOf(story, 'clean-up-records')).toBe('2027-02-17');
    expect(dueOf(story, 'notify.eps')).toBe('2027-02-04');
    expect(story.state.plan.dateVersion).toBe(2);
  });

  it('keeps the blank form that has come, and wants the completed one again', () => {
    const { story, move } = storyUntil('2026-11-24');
    story.says('alder', 'form.sent', { data: { extract: 'initial' } });
    story.done(hop('formReturned'), { forDate: '2027-01-07' });
    story.says('alder', 'form.received', { date: '2027-01-07', data: { extract: 'initial' } });
    move(later);
    const names = ['asked', 'formAtPractice', 'formReturned', 'formReceived'];
    expect(story.status(...names.map((name) => hop(name)))).toEqual(['done', 'done', 'open', 'open']);
    expect(story.milestone(hop('formReturned'))).toMatchObject({ replaces: '2027-01-07' });
  });

  it('asks a supplier again that has not sent its form yet, saying what it replaces', () => {
    const { story, move } = storyUntil('2026-11-10');
    expect(story.told({ about: hop('asked'), kind: 'request' })).toEqual(['request to alder.contact on 2026-10-20']);
    move(later);
    const [again, ...more] = story.mails({ about: hop('asked'), kind: 'request', from: '2026-11-10' });
    expect(more).toEqual([]);
    expect(again?.message.items[0]).toMatchObject({ replaces: '2027-01-07' });
    expect(again?.message.about.initialDataProduction).toBe('2027-02-18');
    expect(story.status(hop('asked'))).toEqual(['done']);
  });

  it('tells the practice and the operator in one mail each, and whoever was told of the day before', () => {
    const { story, move } = storyUntil('2026-11-10');
    move(later);
    expect(story.told({ about: 'anchor.initialDataProduction', kind: 'dateMoved' })).toEqual([
      'dateMoved to practiceManager on 2026-11-10',
      'dateMoved to csuOperator on 2026-11-10',
      'dateMoved to alder.contact on 2026-11-10',
    ]);
  });

  it('is audited with who, why, before and after', () => {
    const { story, move } = storyUntil('2026-11-10');
    move({ initialDataProduction: '2027-01-14?' });
    expect(lastAudit(story)).toMatchObject({
      actor: 'Tom Ashdown',
      data: {
        dateVersion: 2,
        reason: 'the supplier has no slot',
        anchors: [
          {
            anchor: 'initialDataProduction',
            before: { on: '2027-01-07', status: 'confirmed' },
            after: { on: '2027-01-14', status: 'provisional' },
          },
        ],
        again: [hop('asked')],
      },
    });
  });
});

describe('notices that have been served', () => {
  it('are served anew for the new days, and chased anew', () => {
    const { story, move } = storyUntil('2027-01-04');
    expect(story.told({ kind: 'notice' })).toEqual(['notice to eps.contact on 2026-12-24']);
    move(later);
    // 5 weeks before Thu 11 Mar.
    expect(dueOf(story, 'notify.eps')).toBe('2027-02-04');
    expect(story.status('notify.eps')).toEqual(['open']);
    story.until('2027-02-05');
    const [again, ...more] = story.mails({ about: 'notify.eps', kind: 'notice', from: '2027-01-04' });
    expect(more).toEqual([]);
    expect(again).toMatchObject({ on: '2027-02-04', message: { items: [{ replaces: '2027-01-28' }] } });
    expect(story.status('notify.eps')).toEqual(['done']);
  });

  it('stay where only another day moves', () => {
    const { story, move } = storyUntil('2027-01-04');
    move({ initialDataProduction: '2027-01-14' });
    expect(story.status('notify.eps')).toEqual(['done']);
    expect(story.mails({ about: 'notify.eps', from: '2027-01-04' })).toEqual([]);
  });

  it('stay where the party says that its notice does not start again', () => {
    const parties = order.parties.map((each) => (each.id === 'eps' ? { ...each, noticeRestartsOnMove: false } : each));
    const { story, move } = storyUntil('2027-01-04', { ...order, parties });
    move(later);
    expect(story.status('notify.eps')).toEqual(['done']);
    // It has heard of the day all the same.
    expect(story.told({ kind: 'dateMoved', from: '2027-01-04' })).toContain('dateMoved to eps.contact on 2027-01-04');
  });

  it('wait for the new day to be confirmed', () => {
    const { story, move } = storyUntil('2027-01-04');
    move({ initialDataProduction: '2027-02-18', finalDataProduction: '2027-03-11?', goLive: '2027-03-16' });
    story.until('2027-02-08');
    expect(story.told({ kind: 'notice', from: '2027-01-04' })).toEqual([]);
    expect(story.status('confirm.finalDataProduction')).toEqual(['open']);
    story.done('confirm.finalDataProduction', { forDate: '2027-03-11' });
    expect(story.told({ kind: 'notice', from: '2027-01-04' })).toEqual(['notice to eps.contact on 2027-02-08']);
  });

  it('are not taken as given where the party acknowledges the one of the day before', () => {
    const { story, move } = storyUntil('2027-01-04');
    move(later);
    expect(story.says('eps', 'notice.acknowledged').effect).toBe('noted');
    expect(story.status('notify.eps')).toEqual(['open']);
    story.until('2027-02-05');
    expect(story.says('eps', 'notice.acknowledged').effect).toBe('done');
    expect(story.milestone('notify.eps')).toMatchObject({ acknowledgedOn: '2027-02-05' });
  });
});

describe('what a preview says of notice', () => {
  it('names the working days by which it comes too late', () => {
    const { preview } = storyUntil('2027-01-04');
    // 5 weeks before Thu 4 Feb is Thu 31 Dec: with 1 January a bank holiday, Mon 4 Jan is 1 working day late.
    const shown = preview({ finalDataProduction: '2027-02-04', goLive: '2027-02-09' }).preview;
    expect(shown.servedAgain.find(({ milestoneId }) => milestoneId === 'notify.eps')).toMatchObject({
      doneOn: '2026-12-24',
      doneFor: '2027-01-28',
      dueOn: '2026-12-31',
      shortWorkingDays: 1,
    });
    expect(shown.needsAcceptance).toBe(true);
  });

  it('says nothing of being late where there is time', () => {
    const { preview } = storyUntil('2027-01-04');
    const notice = preview(later).preview.servedAgain.find(({ milestoneId }) => milestoneId === 'notify.eps');
    expect(notice).toMatchObject({ dueOn: '2027-02-04' });
    expect(notice).not.toHaveProperty('shortWorkingDays');
  });
});

describe('a confirmation', () => {
  const provisional = {
    ...order,
    anchors: { ...order.anchors, goLive: { on: '2027-02-02', status: 'provisional' as const } },
  };

  it('counts for its day alone, and comes back with no day', () => {
    const { story, move } = storyUntil('2026-11-10', provisional);
    story.done('confirm.goLive', { forDate: '2027-02-02' });
    expect(story.state.plan.anchors.goLive.status).toBe('confirmed');
    move({ goLive: '2027-02-09?' });
    expect(story.status('confirm.goLive')).toEqual(['open']);
    move({ goLive: '2027-02-02?' });
    expect(story.status('confirm.goLive')).toEqual(['open']);
    expect(story.state.plan.anchors.goLive).toEqual({ on: '2027-02-02', status: 'provisional' });
  });

  it('comes with the move where everybody has agreed already', () => {
    const { story, move } = storyUntil('2026-11-10', provisional);
    move({ goLive: '2027-02-09' });
    expect(story.state.plan.anchors.goLive).toEqual({ on: '2027-02-09', status: 'confirmed' });
    expect(
      story.state.plan.milestones.filter(({ kind }) => kind === 'confirmation').map(({ id }) => story.status(id)),
    ).not.toContainEqual(['open']);
  });
});

describe('a late word for a day that has moved', () => {
  it('is audited and has no effect', () => {
    const { story, move } = storyUntil('2026-11-24');
    story.says('alder', 'form.sent', { data: { extract: 'initial' } });
    move(later);
    const before = { ...story.state, outbox: [], ledger: {} };
    const answer = story.says('alder', 'form.received', { date: '2027-01-07' });
    expect(answer).toMatchObject({ effect: 'noted', milestoneId: hop('formReceived') });
    expect({ ...story.state, outbox: [], ledger: {} }).toEqual(before);
    expect(story.state.outbox.at(-1)).toMatchObject({
      type: 'supplier.event',
      data: { effect: 'noted', date: '2027-01-07' },
    });
    expect(story.told({ kind: 'mismatch' })).toEqual([]);
  });

  it('is so from an operator, too', () => {
    const { story, move } = storyUntil('2026-11-24');
    move(later);
    const before = { ...story.state, outbox: [] };
    story.done(hop('formReceived'), { forDate: '2027-01-07' });
    expect({ ...story.state, outbox: [] }).toEqual(before);
    expect(story.state.outbox.at(-1)).toMatchObject({
      type: 'milestone.done',
      actor: 'Tom Ashdown',
      data: { milestoneId: hop('formReceived'), effect: 'noted', forDate: '2027-01-07' },
    });
    expect(story.told({ kind: 'mismatch' })).toEqual([]);
    story.done(hop('formReceived'), { forDate: '2027-02-18' });
    expect(story.status(hop('formReceived'))).toEqual(['done']);
  });

  it('has the effect that it had in a migration that was planned before this rule', () => {
    const { story, move } = storyUntil('2026-11-24');
    move(later);
    story.state = { ...story.state, plan: { ...story.state.plan, behaviourVersion: 3 } };
    story.done(hop('formReceived'), { forDate: '2027-01-07' });
    expect(story.milestone(hop('formReceived'))).toMatchObject({ status: 'open', statedDate: '2027-01-07' });
  });

  it('does not reject an extract that has not been made yet', () => {
    const { story, move } = storyUntil('2027-01-06');
    move({ initialDataProduction: '2027-01-14' });
    const answer = story.says('rowan', 'extract.rejected', { date: '2027-01-07' });
    expect(answer.effect).toBe('noted');
    expect(story.state.plan.milestones.some(({ id }) => id.includes('.2.'))).toBe(false);
  });

  it('is told from one for a wrong day', () => {
    const { story, move } = storyUntil('2026-11-24');
    move(later);
    expect(story.says('alder', 'form.received', { date: '2027-02-11', data: { extract: 'initial' } }).effect).toBe(
      'mismatch',
    );
  });

  it('is right once its day has come back', () => {
    const { story, move } = storyUntil('2026-11-24');
    move(later);
    move({ initialDataProduction: '2027-01-07', finalDataProduction: '2027-01-28', goLive: '2027-02-02' });
    expect(story.says('alder', 'form.received', { date: '2027-01-07' }).effect).toBe('done');
    expect(story.state.formerDays).toMatchObject({ initialDataProduction: ['2027-02-18'] });
  });
});

describe('what has come into a plan on the way', () => {
  it('is carried on the days that it has now', () => {
    const { story, move } = storyUntil('2026-11-10');
    expect(
      story.adds({ kind: 'action', id: 'agreed', title: 'Call the landlord', dueOn: '2026-12-01' }),
    ).toBeUndefined();
    expect(story.adds()).toBeUndefined();
    const before = dueOf(story, 'survey.printer') ?? '';
    move(later);
    expect(dueOf(story, 'action.agreed')).toBe('2026-12-01');
    expect(dueOf(story, 'survey.printer')).not.toBe(before);
    expect((dueOf(story, 'survey.printer') ?? '') > before).toBe(true);
  });

  it('keeps the checking on the day on which the data were loaded', () => {
    const { story, move } = storyUntil('2027-01-11');
    story.says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    const before = dueOf(story, 'data-check-1');
    move({ finalDataProduction: '2027-02-11', goLive: '2027-02-16' });
    expect(dueOf(story, 'data-check-1')).toBe(before);
  });

  it('goes on with the second iteration of an extract', () => {
    const { story, move } = storyUntil('2027-01-11');
    story.says('alder', 'extract.delivered', { data: { extract: 'initial' } });
    story.says('rowan', 'extract.rejected', { data: { extract: 'initial' } });
    const second = 'extract.initial.alder.core.2.formReceived';
    move({ initialDataProduction: '2027-02-18', finalDataProduction: '2027-03-11', goLive: '2027-03-16' });
    // As for a first one: 5 weeks before.
    expect(dueOf(story, second)).toBe('2027-01-14');
    expect(story.status(hop('received'))).toEqual(['rejected']);
  });
});

describe('moves that cannot be', () => {
  it.each([
    ['to where it is', { initialDataProduction: '2027-01-07' }, 'NothingMoves'],
    ['into the past', { initialDataProduction: '2026-11-09' }, 'DayPassed'],
    ['beyond the calendar', { goLive: '2031-01-06' }, 'DayPassed'],
  ])('are refused: %s', (_what, moves, type) => {
    const { story, refusal } = storyUntil('2026-11-10');
    const before = story.state;
    expect(refusal(moves)?.type).toBe(type);
    expect(story.state).toBe(before);
  });

  it('are refused once the day has happened, or the migration is off', () => {
    const { story, refusal } = storyUntil('2027-01-07');
    story.done('anchor.initialDataProduction');
    expect(refusal({ initialDataProduction: '2027-01-14' })?.type).toBe('AnchorHappened');
    story.cancel();
    expect(refusal(later)?.type).toBe('MigrationClosed');
  });

  it('are refused against a version that has passed: of three with one preview the first is taken', () => {
    const { story, preview, commit } = storyUntil('2026-11-10');
    const redate = redateOf(preview(later), later);
    expect([1, 2, 3].map(() => commit(redate)?.type)).toEqual([undefined, 'PreviewOutdated', 'PreviewOutdated']);
    expect(story.state.plan.dateVersion).toBe(2);
    expect(story.state.outbox.filter(({ type }) => type === 'migration.redated')).toHaveLength(1);
  });

  it('are refused with a risk that nobody takes on, and with errors whoever does', () => {
    const { refusal } = storyUntil('2027-01-04');
    const tooSoon = { finalDataProduction: '2027-02-04', goLive: '2027-02-09' };
    expect(refusal(tooSoon, { acceptRisks: false })?.type).toBe('RiskNotAccepted');
    expect(refusal({ goLive: '2027-01-20' })?.type).toBe('PlanRefused');
  });

  it('are refused with a plan for other days', () => {
    const { preview, refusal } = storyUntil('2026-11-10');
    const { plan } = preview({ goLive: '2027-02-09' });
    expect(refusal(later, { plan })?.type).toBe('PlanInvalid');
  });
});
