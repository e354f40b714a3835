import { describe, expect, it } from 'vitest';
import { judgeMoves } from '../../../../rules/migration/redate/judge.js';
import { judgeHold } from '../../../../rules/migration/redate/hold.js';
import { lateWorkingDays } from '../../../../rules/migration/lookup.js';
import { migrationRow } from '../../../../rules/migration/registerRows.js';
import { plannedMove } from '../../../../rules/migration/redate/planned.js';
import { judgeRedate } from '../../../../rules/migration/redate/judge.js';
import { exampleOrder, startedExample } from '../../../support/examples.js';
import { movesOf, shippedReplanning, type Moves } from '../../../support/redating.js';
import { Story } from '../../../support/story.js';

// Ordered Tue 20 Oct 2026; IDPD Thu 7 Jan 2027, FDP Thu 28 Jan, Go Live Tue 2 Feb.
const order = exampleOrder('plain');
const later = { initialDataProduction: '2027-03-18', finalDataProduction: '2027-04-08', goLive: '2027-04-13' };
const said = { by: 'Helen Marsh', reason: 'the merger is through', acceptRisks: true };

function heldOn(day: string) {
  const story = new Story(startedExample(order)).until(day);
  story.happens({ type: 'held', atMs: story.nowMs, by: 'Helen Marsh', reason: 'The practice may merge.' });
  return story;
}

function resume(story: Story, moves: Moves) {
  const replanned = { order, replanning: shippedReplanning() };
  const redate = plannedMove(story.state, movesOf(moves), said, replanned, story.nowMs);
  const rejection = judgeRedate(story.state, redate, story.nowMs);
  if (rejection === undefined) story.happens({ type: 'redated', atMs: story.nowMs, redate });
  return rejection;
}

describe('a migration on hold', () => {
  it('sends nothing, whatever falls due and whatever is said', () => {
    const story = heldOn('2026-11-10');
    const sent = story.sent.length;
    story.says('alder', 'form.received', { date: '2027-01-14', data: { extract: 'initial' } });
    story.until('2027-04-01');
    expect(story.sent).toHaveLength(sent);
    expect(story.wakes.filter((atMs) => atMs > story.nowMs)).toEqual([]);
    expect(story.finished).toBe(false);
    expect(migrationRow(story.state, 'w')).toMatchObject({ phase: 'onHold', onHoldSince: '2026-11-10' });
    expect(story.state.status).toBe('running');
  });

  it('lets nothing become later', () => {
    const story = heldOn('2026-11-10');
    const slipped = () => Object.values(story.state.milestones).filter(({ slippedOn }) => slippedOn).length;
    const [before, lateBefore] = [slipped(), lateWorkingDays(story.state, '2026-11-03', '2026-11-10')];
    story.until('2027-04-01');
    expect(slipped()).toBe(before);
    expect(lateWorkingDays(story.state, '2026-11-03', '2027-04-01')).toBe(lateBefore);
    // Wed 4 to Tue 10 November.
    expect(lateBefore).toBe(5);
  });

  it('is audited, is put on hold once, and does not move its days otherwise', () => {
    const story = heldOn('2026-11-10');
    expect(story.state.outbox.at(-1)).toMatchObject({
      type: 'migration.held',
      actor: 'Helen Marsh',
      data: { reason: 'The practice may merge.' },
    });
    expect(judgeHold(story.state)?.type).toBe('OnHold');
    expect(judgeMoves(story.state, movesOf(later), story.nowMs)?.type).toBe('OnHold');
  });

  it('can be called off, and withdraws what was served', () => {
    const story = heldOn('2026-11-10').cancel();
    expect(story.told({ kind: 'withdrawal' })).toHaveLength(2);
    expect(story.told({ kind: 'cancelled' })).toEqual([
      'cancelled to practiceManager on 2026-11-10',
      'cancelled to csuOperator on 2026-11-10',
      'cancelled to csuManager on 2026-11-10',
    ]);
  });
});

describe('going on', () => {
  it('takes new days, tells them, and asks again for what names one', () => {
    const story = heldOn('2026-11-10').until('2027-01-20');
    expect(resume(story, later)).toBeUndefined();
    expect(story.state).not.toHaveProperty('hold');
    expect(story.state).toMatchObject({ phase: 'preMigration', plan: { dateVersion: 2 } });
    expect(story.told({ about: 'anchor.goLive', kind: 'dateMoved' })).toEqual([
      'dateMoved to practiceManager on 2027-01-20',
      'dateMoved to csuOperator on 2027-01-20',
    ]);
    expect(story.told({ kind: 'request', from: '2027-01-20' })).toHaveLength(2);
    expect(story.state.outbox.some(({ type }) => type === 'migration.resumed')).toBe(true);
  });

  it('counts what was late before as late as it was, and on from then', () => {
    const story = heldOn('2026-11-10').until('2027-01-20');
    resume(story, later);
    expect(lateWorkingDays(story.state, '2026-11-03', '2027-01-20')).toBe(5);
    expect(lateWorkingDays(story.state, '2026-11-03', '2027-01-22')).toBe(7);
  });

  it('needs a day, and a new one for each that came meanwhile', () => {
    const story = heldOn('2026-11-10').until('2027-01-20');
    expect(resume(story, { finalDataProduction: '2027-04-08', goLive: '2027-04-13' })).toMatchObject({
      type: 'DayPassed',
      choices: ['initialDataProduction'],
    });
  });

  it('may keep its days where none of them came, and says at least one', () => {
    const story = heldOn('2026-11-10').until('2026-11-17');
    expect(resume(story, {})?.type).toBe('NothingMoves');
    expect(resume(story, { goLive: '2027-02-02' })).toBeUndefined();
    expect(story.state.plan.anchors.goLive.on).toBe('2027-02-02');
    story.until('2026-11-26');
    expect(story.sent.filter(({ on }) => on > '2026-11-17').length).toBeGreaterThan(0);
  });

  it('is refused where it is not on hold', () => {
    const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
    expect(judgeMoves(state, movesOf(later), nowMs, { resumes: true })?.type).toBe('NotOnHold');
  });
});
