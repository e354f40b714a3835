import { describe, expect, it } from 'vitest';
import { changeWords } from '../../../rules/meeting/changes.js';
import { weekSheet } from '../../../rules/meeting/week.js';
import { emptyHead, sealRecords } from '../../../rules/migration/auditChain.js';
import { milestoneRow } from '../../../rules/migration/registerRows.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

/** As the register would have it. */
const rowsOf = ({ state }: Story) => ({
  milestones: state.plan.milestones.map(({ id }) => milestoneRow(state, id)),
  audit: sealRecords(emptyHead, state.outbox).records,
});

const story = () => new Story(startedExample(exampleOrder('plain'))).until('2026-11-23');

describe('the sheet of a week', () => {
  it('has what was done on each of the last seven days, and nothing that is older', () => {
    const told = new Story(startedExample(exampleOrder('plain'))).until('2026-11-13');
    const [older, first, last] = told.state.plan.milestones
      .filter(({ id, kind, counts }) => kind === 'task' && counts === undefined && told.milestone(id).status === 'open')
      .map(({ id }) => id);
    expect(told.done(older ?? '', { on: '2026-11-13' })).toBeUndefined();
    told.until('2026-11-16');
    expect(told.done(first ?? '')).toBeUndefined();
    told.until('2026-11-23');
    expect(told.done(last ?? '')).toBeUndefined();
    const sheet = weekSheet(rowsOf(told), '2026-11-23');
    expect(sheet.done.map(({ milestoneId, settledOn }) => [milestoneId, settledOn])).toEqual([
      [first, '2026-11-16'],
      [last, '2026-11-23'],
    ]);
  });

  it('parts what is late from what is due in two weeks, and has each once', () => {
    const { late, due, today, until } = weekSheet(rowsOf(story()), '2026-11-23');
    expect({ today, until }).toEqual({ today: '2026-11-23', until: '2026-12-07' });
    expect(late.length).toBeGreaterThan(0);
    expect(due.length).toBeGreaterThan(0);
    expect(late.every(({ dueOn = '' }) => dueOn < '2026-11-23')).toBe(true);
    expect(due.every(({ dueOn = '' }) => dueOn >= '2026-11-23' && dueOn <= '2026-12-07')).toBe(true);
    expect([...late, ...due].filter(({ kind }) => ['period', 'expiry'].includes(kind))).toEqual([]);
  });

  it('says who holds what is open, the most late first', () => {
    const rows = rowsOf(story());
    const { holders, late } = weekSheet(rows, '2026-11-23');
    expect(holders.reduce((sum, holder) => sum + holder.late, 0)).toBe(late.length);
    expect(holders.map((holder) => holder.late)).toEqual(
      holders.map((holder) => holder.late).toSorted((a, b) => b - a),
    );
    expect(holders.find(({ holder }) => holder === 'practice')).toMatchObject({ holderName: 'Millbrook Lane Surgery' });
  });

  it('says what has changed in the week, the newest first, by the titles that people know', () => {
    const told = story().until('2026-12-01');
    expect(told.adds({ title: 'A label printer for the front desk' })).toBeUndefined();
    const { changes } = weekSheet(rowsOf(told), '2026-12-01');
    expect(changes[0]).toMatchObject({ by: 'Tom Ashdown', type: 'item.added', milestoneId: 'survey.printer' });
    expect(changes[0]?.text).toMatch(/^New: .*label printer/i);
    expect(changes.some(({ type }) => type === 'milestone.slipped')).toBe(true);
    expect(weekSheet(rowsOf(told), '2026-10-01').changes).toEqual([]);
  });
});

describe('a change in words', () => {
  const titleOf = (id: string): string => (id === 'clean-up' ? 'Clean up the records' : id);
  const wordsOf = (type: string, data: Record<string, unknown>) => changeWords({ type, data }, titleOf);

  it.each([
    ['milestone.slipped', { milestoneId: 'clean-up', lateWorkingDays: 1 }, 'Clean up the records: late'],
    [
      'slip.acknowledged',
      { milestoneId: 'clean-up', note: 'rang' },
      'Clean up the records: somebody has it in hand: rang',
    ],
    ['milestone.waived', { milestoneId: 'gone', reason: 'none' }, 'gone: not needed: none'],
    [
      'migration.redated',
      {
        reason: 'No slot.',
        anchors: [{ anchor: 'goLive', before: {}, after: { on: '2027-02-02', status: 'provisional' } }],
      },
      'The Go Live day moved from no day to Tuesday 2 February 2027: No slot.',
    ],
    ['order.amended', { reason: 'A site more', anchors: [] }, 'The order was amended: A site more'],
    ['migration.held', { reason: 'flood' }, 'On hold: flood'],
    ['counts.reported', { on: '2026-11-23', values: { inbox: 4 } }, 'Counted on Monday 23 November 2026: inbox 4'],
    [
      'milestones.followed',
      { on: '2026-11-23', milestones: [1] },
      'The data were loaded on Monday 23 November 2026: 1 day was counted anew',
    ],
  ])('of %s', (type, data, words) => {
    expect(wordsOf(type, data)).toBe(words);
  });

  it('is none for what nobody at the meeting has to hear of, whatever its name', () => {
    expect(wordsOf('phase.entered', {})).toBeUndefined();
    expect(wordsOf('constructor', {})).toBeUndefined();
    expect(wordsOf('supplier.event', { effect: 'done', event: 'form.sent' })).toBeUndefined();
  });

  it('stands what it was never meant to read', () => {
    expect(wordsOf('milestone.slipped', { milestoneId: 7, lateWorkingDays: 'x' })).toBe(': late');
    expect(wordsOf('migration.redated', { anchors: 'none' })).toBeUndefined();
  });
});
