import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../rules/calendar/clock.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { nobody, type Act, type Actor } from '../../../rules/rehearsal/actor.js';
import { diligent } from '../../../rules/rehearsal/diligent.js';
import { rehearseMigration } from '../../../rules/rehearsal/run.js';
import type { Happening, TraceEntry } from '../../../rules/rehearsal/trace.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const plain = startedExample(exampleOrder('plain'));

const at = (day: string, minuteOfDay: number, { plan }: MigrationState = plain): number =>
  instantOf(plan.workingTime.clock, day, minuteOfDay);

/** Somebody who does one thing, once. */
function once(atMs: number, act: Act): Actor {
  let done = false;
  return {
    nextAtMs: (_state, nowMs) => (done || atMs <= nowMs ? undefined : atMs),
    acts: (_state, nowMs) => {
      if (done || nowMs < atMs) return [];
      done = true;
      return [act];
    },
  };
}

const done = (milestoneId: string): Act => ({
  act: 'say',
  event: { type: 'milestoneDone', atMs: 0, report: { milestoneId, by: 'Tom Ashdown' } },
});

function of<Type extends Happening['type']>(trace: TraceEntry[], type: Type) {
  return trace.filter((entry): entry is Extract<TraceEntry, { type: Type }> => entry.type === type);
}

describe('a rehearsal in which nobody does anything', () => {
  const { trace, sent, wakes, state } = rehearseMigration(plain, { actor: nobody });

  it('wakes in order of time, and sends only when it has woken', () => {
    expect(wakes).toEqual([...new Set(wakes)].toSorted((a, b) => a - b));
    expect(sent.filter(({ atMs }) => !wakes.includes(atMs))).toEqual([]);
    expect(trace.map(({ atMs }) => atMs)).toEqual(trace.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  });

  it('tells every mail, slip and phase in its trace, and how it ends', () => {
    expect(of(trace, 'message').map(({ message }) => message.key)).toEqual(sent.map(({ message }) => message.key));
    expect(of(trace, 'phase').map(({ phase }) => phase)).toEqual(['dataChecking', 'cutOver', 'postGoLive', 'ended']);
    const slipped = Object.entries(state.milestones).filter(([, { slippedOn }]) => slippedOn !== undefined);
    expect(
      of(trace, 'slipped')
        .map(({ milestoneId }) => milestoneId)
        .toSorted(),
    ).toEqual(slipped.map(([id]) => id).toSorted());
    expect(trace.at(-1)).toMatchObject({ type: 'ended', status: 'completed' });
  });

  it('says by how many working days something is late', () => {
    expect(of(trace, 'slipped').every(({ lateWorkingDays }) => lateWorkingDays > 0)).toBe(true);
  });
});

describe('something said in a rehearsal', () => {
  it('happens at its own instant, between two wakes', () => {
    const atMs = at('2026-10-21', 870);
    const { trace, wakes } = rehearseMigration(plain, { actor: once(atMs, done('posters.main')) });
    expect(of(trace, 'said')).toMatchObject([{ atMs, event: { atMs } }]);
    expect(of(trace, 'status').filter(({ milestoneId }) => milestoneId === 'posters.main')).toEqual([
      { atMs, type: 'status', milestoneId: 'posters.main', from: 'open', to: 'done', by: 'Tom Ashdown' },
    ]);
    expect(wakes).not.toContain(atMs);
  });

  it('changes nothing where a running migration would refuse it', () => {
    const actor = once(at('2026-10-21', 870), done('anchor.goLive'));
    const { trace, sent } = rehearseMigration(plain, { actor });
    expect(of(trace, 'refused')).toMatchObject([{ rejection: { type: 'Blocked' } }]);
    expect(sent).toEqual(rehearseMigration(plain).sent);
  });

  it('is refused once the migration has ended', () => {
    const { trace } = rehearseMigration(plain, { actor: once(at('2027-08-02', 600), done('posters.main')) });
    expect(of(trace, 'refused')).toMatchObject([{ rejection: { type: 'MigrationClosed' } }]);
  });

  it('comes when an outage ends, with all that was due meanwhile', () => {
    const [fromMs, toMs] = [at('2026-12-24', 0), at('2026-12-29', 660)];
    const actor = once(at('2026-12-27', 600), done('posters.main'));
    const { trace, wakes } = rehearseMigration(plain, { actor, outages: [{ fromMs, toMs }] });
    expect(of(trace, 'outage')).toEqual([{ atMs: fromMs, type: 'outage', untilMs: toMs }]);
    expect(of(trace, 'said').map(({ atMs }) => atMs)).toEqual([toMs]);
    expect(wakes.filter((atMs) => atMs >= fromMs && atMs < toMs)).toEqual([]);
    const notice = of(trace, 'message').find(({ message }) => message.kind === 'notice');
    expect([notice?.atMs, notice?.message.to.key]).toEqual([toMs, 'eps.contact']);
  });
});

describe('mail to an address that does not work', () => {
  it('is refused from then on, and somebody else is told', () => {
    const actor = once(at('2026-11-02', 600), { act: 'refuseMail', to: 'eps.contact' });
    const { trace } = rehearseMigration(plain, { actor });
    const toEps = of(trace, 'message').filter(({ message }) => message.to.key === 'eps.contact');
    expect(new Set(toEps.map(({ outcome }) => outcome))).toEqual(new Set(['undeliverable']));
    expect(of(trace, 'message').some(({ message }) => message.kind === 'undeliverable')).toBe(true);
  });
});

describe('a rehearsal in which everybody does their part', () => {
  it.each(['early', 'onTime'] as const)('ends with nothing open and nothing refused when all are %s', (pace) => {
    const { trace } = rehearseMigration(startedExample(exampleOrder('rich')), { actor: diligent({ pace }) });
    expect(trace.at(-1)).toMatchObject({ type: 'ended', open: [] });
    expect(of(trace, 'refused')).toEqual([]);
    expect(of(trace, 'slipped')).toEqual([]);
  });

  it('leaves out what it shall leave out', () => {
    const except = new Set(['posters.main', 'notify.eps']);
    const { state } = rehearseMigration(plain, { actor: diligent({ pace: 'onTime', except }) });
    const open = state.plan.milestones.filter(({ id }) => state.milestones[id]?.status === 'open');
    expect(new Set(open.map(({ id }) => id))).toEqual(except);
  });
});
