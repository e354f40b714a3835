import { describe, expect, it } from 'vitest';
import { shiftedMoves, withDistances } from '../../../../rules/migration/redate/shift.js';
import { exampleOrder, startedExample } from '../../../support/examples.js';
import { movesOf } from '../../../support/redating.js';
import { Story } from '../../../support/story.js';

// Kick-off Tue 27 Oct 2026, technical survey 29 Oct, IDPD Thu 7 Jan 2027, FDP Thu 28 Jan, Go Live Tue 2 Feb.
const storyUntil = (day: string) => new Story(startedExample(exampleOrder('plain'))).until(day);

const daysOf = (moves: ReturnType<typeof shiftedMoves>) =>
  Array.isArray(moves) ? Object.fromEntries(moves.map(({ anchor, to }) => [anchor, to])) : moves.type;

describe('a shift of all days', () => {
  it('counts working days over bank holidays, and leaves alone what has gone by', () => {
    const { state, nowMs } = storyUntil('2026-11-10');
    // Thu 7 Jan less 5: 6, 5, 4 Jan, 31 and 30 Dec; 1 January is a bank holiday.
    expect(daysOf(shiftedMoves(state, { amount: -5, unit: 'workingDays' }, true, nowMs))).toEqual({
      initialDataProduction: '2026-12-30',
      finalDataProduction: '2027-01-21',
      goLive: '2027-01-26',
    });
  });

  it('moves by weeks, and by days onto whatever day that is', () => {
    const { state, nowMs } = storyUntil('2026-10-20');
    expect(daysOf(shiftedMoves(state, { amount: 2, unit: 'weeks' }, true, nowMs))).toEqual({
      kickOff: '2026-11-10',
      technicalSurvey: '2026-11-12',
      initialDataProduction: '2027-01-21',
      finalDataProduction: '2027-02-11',
      goLive: '2027-02-16',
    });
    expect(daysOf(shiftedMoves(state, { amount: 2, unit: 'days' }, true, nowMs))).toMatchObject({
      initialDataProduction: '2027-01-09',
    });
  });

  it('does not move what has happened', () => {
    const story = storyUntil('2027-01-07');
    story.done('anchor.initialDataProduction');
    expect(daysOf(shiftedMoves(story.state, { amount: 1, unit: 'weeks' }, true, story.nowMs))).toEqual({
      finalDataProduction: '2027-02-04',
      goLive: '2027-02-09',
    });
  });

  it('is refused beyond the calendar', () => {
    const { state, nowMs } = storyUntil('2026-11-10');
    expect(daysOf(shiftedMoves(state, { amount: 500, unit: 'weeks' }, true, nowMs))).toBe('DayPassed');
  });
});

describe('a move that keeps the distances', () => {
  it('takes the later days along by as many working days', () => {
    const { state, nowMs } = storyUntil('2026-11-10');
    const moves = withDistances(state, movesOf({ initialDataProduction: '2027-02-18?' }), nowMs);
    expect(moves).toEqual([
      { anchor: 'initialDataProduction', to: '2027-02-18', confirmed: false },
      { anchor: 'finalDataProduction', to: '2027-03-11', confirmed: false },
      { anchor: 'goLive', to: '2027-03-16', confirmed: false },
    ]);
  });

  it('leaves earlier days where they are, and goes on from the last one named', () => {
    const { state, nowMs } = storyUntil('2026-11-10');
    const moves = withDistances(
      state,
      movesOf({ initialDataProduction: '2027-01-14', finalDataProduction: '2027-02-11' }),
      nowMs,
    );
    expect(daysOf(moves)).toEqual({
      initialDataProduction: '2027-01-14',
      finalDataProduction: '2027-02-11',
      goLive: '2027-02-16',
    });
  });
});
