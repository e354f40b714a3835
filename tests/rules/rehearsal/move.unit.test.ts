import { describe, expect, it } from 'vitest';
import { eventsSchema } from '../../../rules/rehearsal/eventsSchema.js';
import { rehearseMigration } from '../../../rules/rehearsal/run.js';
import { scriptOf } from '../../../rules/rehearsal/script.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { shippedReplanning } from '../../support/redating.js';

const order = exampleOrder('plain');

function rehearse(...entries: unknown[]) {
  const start = startedExample(order);
  const { actor, problems } = scriptOf(eventsSchema.parse(entries), start);
  expect(problems).toEqual([]);
  return rehearseMigration(start, { actor, replanned: { order, replanning: shippedReplanning() } });
}

const move = { at: '2026-11-10', move: { initialDataProduction: '2027-02-18' }, confirmed: true };

describe('a move of days in an events file', () => {
  it('moves them as they are at that moment, and takes the later ones along', () => {
    const { state, trace, sent } = rehearse({ ...move, keepDistance: true });
    expect(state.plan.anchors).toMatchObject({
      initialDataProduction: { on: '2027-02-18', status: 'confirmed' },
      finalDataProduction: { on: '2027-03-11' },
      goLive: { on: '2027-03-16' },
    });
    expect(trace.filter(({ type }) => type === 'refused')).toEqual([]);
    expect(sent.filter(({ message: { kind } }) => kind === 'notice').map(({ message }) => message.sentOn)).toContain(
      '2027-02-04',
    );
  });

  it('is refused where it cannot be, and changes nothing', () => {
    const { state, trace } = rehearse(move, { at: '2026-11-11', move: { goLive: '2026-11-10' } });
    expect(trace.flatMap((entry) => (entry.type === 'refused' ? [entry.rejection.type] : []))).toEqual([
      'PlanRefused',
      'DayPassed',
    ]);
    expect(state.plan.dateVersion).toBe(1);
  });

  it('can follow another', () => {
    const { state } = rehearse(
      { ...move, keepDistance: true },
      { at: '2026-12-01', move: { goLive: '2027-03-18' }, confirmed: true },
    );
    expect(state.plan).toMatchObject({ dateVersion: 3, anchors: { goLive: { on: '2027-03-18' } } });
  });
});
