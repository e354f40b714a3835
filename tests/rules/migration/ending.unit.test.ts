import { describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { decide } from '../../../rules/migration/decide.js';
import { judgeAmendment, judgeCancel, judgeSettling } from '../../../rules/migration/judge.js';
import { migrationRow } from '../../../rules/migration/registerRows.js';
import { timelineOf } from '../../../rules/migration/timeline.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const plain = exampleOrder('plain');
const blockers = ['reconciliation-complete', 'outstanding-registrations', 'go-live-sign-off'];
const initialAsked = 'extract.initial.alder.core.1.asked';

const rehearsal = (): Story => new Story(startedExample(plain));
const real = (): Story => new Story({ ...startedExample(plain), rehearsal: false });

describe('what blocks Go Live', () => {
  it('keeps it from being marked done, and is named', () => {
    expect(real().done('anchor.goLive')).toMatchObject({ type: 'Blocked', choices: blockers });
  });

  it('can be done, or waived by name', () => {
    const story = real();
    story.done(blockers[0] ?? '');
    story.done(blockers[2] ?? '');
    expect(story.done('anchor.goLive')?.choices).toEqual([blockers[1]]);
    story.waive(blockers[1] ?? '');
    expect(story.milestone(blockers[1] ?? '')).toMatchObject({ status: 'waived', settledBy: 'Helen Marsh' });
    expect(story.done('anchor.goLive')).toBeUndefined();
  });

  it('never stops the clock', () => {
    const story = real().toTheEnd();
    expect(story.state.phase).toBe('postGoLive');
    expect(story.told({ about: 'copy-templates' })).not.toEqual([]);
  });

  it('is not asked of the Final data production day, which has a blocker of its own', () => {
    expect(real().done('anchor.finalDataProduction')?.choices).toEqual(['data-checking-sign-off']);
    expect(real().done('anchor.initialDataProduction')).toBeUndefined();
  });
});

describe('what cannot be settled', () => {
  it('is refused, with the nearest name or what came of it', () => {
    const story = real();
    expect(story.done('anchor.golive')).toMatchObject({ type: 'UnknownMilestone' });
    expect(story.done('anchor.golive')?.choices).toContain('anchor.goLive');
    story.done('posters.main');
    expect(story.waive('posters.main')).toMatchObject({
      type: 'MilestoneSettled',
      message: '"posters.main" is already done, on 2026-10-20, by Tom Ashdown.',
    });
  });

  it('a day cannot be waived, nor its confirmation', () => {
    expect(real().waive('anchor.goLive')?.type).toBe('NotWaivable');
    expect(real().waive('anchor.initialDataProduction')?.type).toBe('NotWaivable');
  });

  it('nothing is done on a day that is still to come', () => {
    expect(real().done('posters.main', { on: '2026-10-21' })).toMatchObject({
      type: 'DateNeeded',
      choices: ['2026-10-20'],
    });
  });

  it('a contact that mail goes to needs an address', () => {
    const contact = { name: 'Priya Nayar', phone: '01632 960101' };
    const { state } = real();
    expect(judgeAmendment(state, { target: 'practiceManager', contact, by: 'Tom' })?.type).toBe('ContactInvalid');
    expect(judgeAmendment(state, { target: 'eps.contact', contact, by: 'Tom' })).toBeUndefined();
    expect(judgeAmendment(state, { target: 'eps.contact', contact: { name: 'Nobody' }, by: 'Tom' })).toBeDefined();
    expect(judgeAmendment(state, { target: 'apollo.contact', contact, by: 'Tom' })?.choices).toContain('eps.contact');
  });
});

describe('a cancellation', () => {
  it('withdraws each request and notice that was served, once, and tells the practice, the CSU and the new supplier', () => {
    const story = rehearsal().until('2027-01-13').cancel();
    const off = '2027-01-13';
    expect(story.told({ kind: 'withdrawal' })).toEqual([
      `withdrawal to alder.contact on ${off}`,
      `withdrawal to alder.contact on ${off}`,
      `withdrawal to eps.contact on ${off}`,
      `withdrawal to pcse.contact on ${off}`,
    ]);
    expect(story.told({ kind: 'cancelled' })).toEqual([
      `cancelled to practiceManager on ${off}`,
      `cancelled to csuOperator on ${off}`,
      `cancelled to csuManager on ${off}`,
      `cancelled to rowan.contact on ${off}`,
    ]);
    expect(story.finished).toBe(true);
  });

  it('withdraws no request whose extract was handed over, and no notice of a day that is past', () => {
    const story = rehearsal().until('2027-02-05');
    story.says('alder', 'extract.delivered', { date: '2027-01-07' });
    const withdrawn = story.cancel().mails({ kind: 'withdrawal' });
    expect(withdrawn.map(({ message }) => message.items[0]?.milestoneId)).toEqual(['extract.final.alder.core.1.asked']);
  });

  it('withdraws nothing that was never served', () => {
    const story = rehearsal();
    expect(
      story
        .cancel()
        .mails({ kind: 'withdrawal' })
        .map(({ message }) => message.items[0]?.milestoneId),
    ).toEqual([initialAsked, 'extract.final.alder.core.1.asked']);
  });

  it('withdraws a request that a later hop has overtaken: the supplier has begun on it, whoever asked', () => {
    const decisions = { ...plain.decisions, extractRequestSentBy: 'practice' as const };
    const story = new Story(startedExample({ ...plain, decisions }));
    story.says('alder', 'form.sent', { data: { extract: 'initial' } });
    expect(story.cancel().told({ kind: 'withdrawal' })).toEqual(['withdrawal to alder.contact on 2026-10-20']);
  });

  it('at night does not wait for the morning', () => {
    const story = rehearsal().until('2026-10-24', 180).cancel();
    expect(story.told({ from: '2026-10-24' })).toHaveLength(5);
    expect(story.finished).toBe(true);
  });

  it('tells the CSU of a withdrawal that did not arrive, at night too', () => {
    const story = rehearsal().until('2026-10-24', 180);
    story.refused.add('alder.contact');
    story.cancel();
    expect(story.told({ kind: 'undeliverable' })).toEqual(Array(2).fill('undeliverable to csuOperator on 2026-10-24'));
    expect(story.finished).toBe(true);
  });

  it('while requests are on their way withdraws them too', () => {
    const start = startedExample(plain);
    const atMs = start.startedAtMs;
    const { messages } = decide(start, atMs);
    const off = apply(start, { type: 'cancelled', atMs, by: 'Helen Marsh', reason: 'off' });
    const outcomes = messages.map(({ key }) => ({
      key,
      outcome: 'sent' as const,
      mayHaveRepeated: false,
      messageId: key,
    }));
    const settled = apply(off, { type: 'messagesSettled', atMs, messages, outcomes });
    expect(decide(settled, atMs).messages.map(({ kind, to }) => `${kind} to ${to.key}`)).toEqual([
      'cancelled to practiceManager',
      'cancelled to csuOperator',
      'withdrawal to alder.contact',
      'withdrawal to alder.contact',
    ]);
  });

  it('is the last word: time, suppliers and operators change nothing any more', () => {
    const story = rehearsal().until('2026-11-02').cancel();
    const { length } = story.sent;
    story.until('2027-03-01').toTheEnd();
    expect(story.sent).toHaveLength(length);
    expect(story.refusalOf('alder', 'form.sent')?.type).toBe('MigrationClosed');
    expect(judgeCancel(story.state)?.type).toBe('MigrationClosed');
    expect(judgeSettling(story.state, 'posters.main')?.type).toBe('MigrationClosed');
  });

  it('stays a cancellation when the migration ends', () => {
    const story = rehearsal().cancel();
    const ended = apply(story.state, { type: 'ended', atMs: story.nowMs });
    expect([ended.status, ended.phase]).toEqual(['cancelled', 'ended']);
  });
});

describe('the end', () => {
  it('of a rehearsal comes with its plan', () => {
    const story = rehearsal().toTheEnd();
    expect(story.finished).toBe(true);
    expect(story.today()).toBe(story.state.plan.endsOn);
  });

  it('of a real migration waits for Go Live to be settled', () => {
    const story = real().toTheEnd();
    expect(story.finished).toBe(false);
    for (const id of blockers) story.waive(id);
    expect(story.finished).toBe(false);
    expect(story.done('anchor.goLive')).toBeUndefined();
    // Who was told that it was late still hears that it is over, in the morning.
    expect(story.toTheEnd().finished).toBe(true);
    expect(story.mails({ about: 'anchor.goLive' }).at(-1)?.message.kind).toBe('allClear');
  });

  it('is final, and the end of an access is not left open', () => {
    const story = rehearsal().toTheEnd();
    const atMs = story.nowMs;
    const ended = apply(story.state, { type: 'ended', atMs });
    expect(decide(ended, atMs)).toEqual({ events: [], messages: [], finished: true });
    expect(decide(ended, atMs + 86_400_000)).toEqual({ events: [], messages: [], finished: true });
    expect([ended.status, ended.phase]).toEqual(['completed', 'ended']);
    expect(ended.milestones['old-system-read-only-ends']?.status).toBe('passed');
    expect(ended.outbox.at(-1)?.data['open']).not.toContain('old-system-read-only-ends');
  });

  it('passes production days by themselves, but never Go Live', () => {
    const story = rehearsal().toTheEnd();
    expect(story.status('anchor.initialDataProduction', 'anchor.finalDataProduction', 'anchor.goLive')).toEqual([
      'passed',
      'passed',
      'open',
    ]);
  });

  it('goes through every phase in turn', () => {
    const phases = rehearsal()
      .toTheEnd()
      .state.outbox.filter(({ type }) => type === 'phase.entered')
      .map(({ data }) => data['phase']);
    expect(phases).toEqual(['dataChecking', 'cutOver', 'postGoLive']);
  });
});

describe('the timeline', () => {
  it('is every milestone by due day, with what came of each rung', () => {
    const story = rehearsal().until('2026-11-18');
    const timeline = timelineOf(story.state);
    expect(timeline).toHaveLength(story.state.plan.milestones.length);
    const days = timeline.map(({ dueOn }) => dueOn ?? '9999');
    expect(days).toEqual(days.toSorted());
    expect(timeline.find(({ milestoneId }) => milestoneId === initialAsked)).toMatchObject({
      status: 'done',
      settledBy: 'leadtime',
      holderName: 'Weald Commissioning Support',
      rungs: [{ id: 'at-once', state: 'sent' }, { state: 'waiting' }, { state: 'waiting' }, {}, {}, {}],
    });
  });
});

describe('what is kept and shown beside the mails', () => {
  it('holds nobody’s address: keys, audit, register rows', () => {
    const story = new Story(startedExample(exampleOrder('rich'))).until('2027-03-01');
    story.refused.add('practiceManager').add('docman.contact');
    const contact = { name: 'New desk', email: 'new@eps.example' };
    const amendment = { target: 'eps.contact', contact, by: 'Tom Ashdown' };
    story.happens({ type: 'contactAmended', atMs: story.nowMs, amendment }).until('2027-04-20').cancel();
    const { outbox, milestones, pending, ledger } = story.state;
    const keys = story.sent.map(({ message: { key, to, cc, settles } }) => [
      key,
      to.key,
      cc.map((copy) => copy.key),
      settles,
    ]);
    const shown = JSON.stringify([
      outbox,
      milestones,
      pending,
      ledger,
      keys,
      migrationRow(story.state, 'migration-Z98002'),
    ]);
    expect(story.sent.length).toBeGreaterThan(50);
    expect(shown).not.toMatch(/[\w.]+@[\w.]+\.example/);
  });
});
