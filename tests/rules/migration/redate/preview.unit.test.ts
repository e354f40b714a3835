import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../rules/migration/decide.js';
import { nextSendingInstant, inWorkingHours } from '../../../../rules/migration/workingHours.js';
import { migrationCalendar } from '../../../../rules/calendarEntries/ofMigration.js';
import { anchorNames } from '../../../../rules/order/anchorNames.js';
import { exampleOrder, startedExample } from '../../../support/examples.js';
import { redateOf, redating, type Moves } from '../../../support/redating.js';
import { Story } from '../../../support/story.js';

const order = exampleOrder('plain');
const back = { initialDataProduction: '2027-01-07', finalDataProduction: '2027-01-28', goLive: '2027-02-02' };

function storyUntil(day: string) {
  const story = new Story(startedExample(order)).until(day);
  return { story, ...redating(story, order) };
}

const daysOf = ({ state }: Story) =>
  Object.fromEntries(state.plan.milestones.map(({ id, dueOn, opensOn }) => [id, [opensOn, dueOn]]));

/** Three days together, some weeks and days on. */
const anyMoves = fc
  .record({
    initial: fc.integer({ min: 1, max: 40 }),
    gap: fc.integer({ min: 14, max: 35 }),
    end: fc.integer({ min: 3, max: 9 }),
  })
  .map(({ initial, gap, end }): Moves => {
    const day = (after: number) => new Date(Date.UTC(2027, 0, 7 + after)).toISOString().slice(0, 10);
    return {
      initialDataProduction: day(initial),
      finalDataProduction: day(initial + gap),
      goLive: day(initial + gap + end),
    };
  });

const anyDay = fc.constantFrom('2026-10-21', '2026-11-10', '2026-11-25', '2026-12-30');

/** What people may have done by then; what does not fit is refused, and nothing happens. */
const anyDeeds = fc.subarray(['form.sent', 'form.received', 'extract.scheduled'] as const);

describe('a preview', () => {
  it('touches nothing, and says exactly what the commit does', () => {
    fc.assert(
      fc.property(anyDay, anyMoves, anyDeeds, (day, moves, deeds) => {
        const { story, preview, commit } = storyUntil(day);
        for (const type of deeds) story.says('alder', type, { data: { extract: 'initial' } });
        const before = structuredClone(story.state);
        const draft = preview(moves);
        expect(story.state).toEqual(before);
        const sentBefore = story.sent.length;
        expect(commit(redateOf(draft, moves))).toBeUndefined();
        const { preview: shown } = draft;
        for (const { milestoneId, from, to } of shown.moves) {
          const was = before.plan.milestones.find(({ id }) => id === milestoneId);
          const is = story.state.plan.milestones.find(({ id }) => id === milestoneId);
          expect([was?.dueOn, was?.opensOn]).toContain(from);
          expect([is?.dueOn, is?.opensOn]).toContain(to);
        }
        if (!inWorkingHours(story.state, story.nowMs)) return;
        const sent = story.sent.slice(sentBefore).map(({ message }) => [message.kind, message.to.key].join(' '));
        expect(sent.toSorted()).toEqual(shown.mails.messages.map(({ kind, to }) => `${kind} ${to}`).toSorted());
      }),
      { numRuns: 25 },
    );
  });

  it('says when the mails go that have to wait for the morning', () => {
    const story = new Story(startedExample(order)).until('2026-11-10', 20 * 60);
    const { preview } = redating(story, order);
    expect(preview({ goLive: '2027-02-09' }).preview.mails.atMs).toBe(nextSendingInstant(story.state, story.nowMs));
  });
});

describe('moving there and back', () => {
  it('leaves every milestone on its day', () => {
    fc.assert(
      fc.property(anyDay, anyMoves, (day, moves) => {
        const { story, move } = storyUntil(day);
        const before = daysOf(story);
        move(moves);
        move(back);
        expect(daysOf(story)).toEqual(before);
        expect(story.state.plan.dateVersion).toBe(3);
      }),
      { numRuns: 25 },
    );
  });

  it('leaves no word to anybody who has not heard of the first move', () => {
    const story = new Story(startedExample(order)).until('2026-11-10', 20 * 60);
    const { move } = redating(story, order);
    move({ goLive: '2027-02-09' });
    move({ goLive: '2027-02-02' });
    expect(story.state.pending.filter(({ kind }) => kind === 'dateMoved')).toEqual([]);
  });

  it('raises the SEQUENCE of every entry that moves, each time', () => {
    const { story, move } = storyUntil('2026-11-10');
    const sequenceOf = () =>
      migrationCalendar(story.state, 'practiceManager').entries.map(({ uid, sequence }) => ({ uid, sequence }));
    const first = sequenceOf();
    move({ initialDataProduction: '2027-02-18', finalDataProduction: '2027-03-11', goLive: '2027-03-16' });
    const second = sequenceOf();
    move(back);
    const third = sequenceOf();
    expect(second.map(({ uid }) => uid)).toEqual(expect.arrayContaining(first.map(({ uid }) => uid)));
    for (const { uid, sequence } of first) {
      const [moved = -1, returned = -1] = [second, third].map((all) => all.find((each) => each.uid === uid)?.sequence);
      expect(moved).toBeGreaterThanOrEqual(sequence);
      expect(returned).toBeGreaterThanOrEqual(moved);
    }
  });
});

describe('planning again without a move', () => {
  it('changes no day and no reminder', () => {
    const { story } = storyUntil('2026-11-10');
    const { preview } = redating(story, order);
    const shown = preview({ goLive: '2027-02-02' });
    expect(shown.preview).toMatchObject({ moves: [], servedAgain: [], doneAgain: [], mails: { messages: [] } });
    expect(shown.preview.problems).toMatchObject({ added: [], gone: [] });
    expect(anchorNames.map((name) => shown.plan.anchors[name])).toEqual(
      anchorNames.map((name) => story.state.plan.anchors[name]),
    );
    expect(decide(story.state, story.nowMs).messages).toEqual([]);
  });
});
