import { describe, expect, it } from 'vitest';
import { isBusy, wakeFindings, workerFindings } from '../../../api/doctor/wakeFindings.js';
import type { ExecutionLook, WorkersLook } from '../../../api/temporalLook.js';
import type { ArmedAnswer } from '../../../workflows/migration/messages.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const MINUTE_MS = 60_000;
const nowMs = Date.UTC(2026, 10, 23, 10);
const wakeMs = nowMs + 60 * MINUTE_MS;
const state = startedExample(exampleOrder('plain'));

const answer = (change: Partial<ArmedAnswer> = {}): ArmedAnswer => ({
  state,
  nowMs,
  due: 0,
  nextWakeAtMs: wakeMs,
  armedWakeAtMs: wakeMs,
  armedRealMs: wakeMs,
  ...change,
});

const look = (change: Partial<ExecutionLook> = {}): ExecutionLook => ({
  running: true,
  timers: [{ startedAtMs: nowMs - MINUTE_MS, firesAtMs: wakeMs + 12 }],
  activities: [],
  ...change,
});

const found = (said: ArmedAnswer, seen: ExecutionLook, atMs = nowMs): string[] =>
  wakeFindings(said, seen, atMs).map(({ what }) => what);

describe('the wake of a migration', () => {
  it('comes where Temporal keeps a timer for the instant that the rules ask for', () => {
    expect(found(answer(), look())).toEqual([]);
    expect(isBusy(answer(), look())).toBe(false);
  });

  it('does not come where Temporal keeps no timer, or one for another instant', () => {
    const missing = ['Temporal keeps no timer for the wake at 2026-11-23 11:00 UTC.'];
    expect(found(answer(), look({ timers: [] }))).toEqual(missing);
    const hourLate = { startedAtMs: nowMs, firesAtMs: wakeMs + 60 * MINUTE_MS };
    const early = { startedAtMs: nowMs, firesAtMs: wakeMs - MINUTE_MS };
    expect(found(answer(), look({ timers: [hourLate, early] }))).toEqual(missing);
  });

  it('does not come in time where the timer waits for something later', () => {
    const late = wakeMs + 24 * 60 * MINUTE_MS;
    const timers = [{ startedAtMs: nowMs, firesAtMs: late }];
    expect(found(answer({ armedWakeAtMs: late, armedRealMs: late }), look({ timers }))).toEqual([
      'The timer waits until 2026-11-24 11:00 UTC, but something is due at 2026-11-23 11:00 UTC.',
    ]);
  });

  it('does not come where the migration has armed nothing', () => {
    const { armedWakeAtMs: _, armedRealMs: __, ...unarmed } = answer();
    expect(found(unarmed, look())).toEqual(['The migration has no timer, although something is to come.']);
  });

  it('is not asked for where nothing is to come', () => {
    const { armedWakeAtMs: _, armedRealMs: __, nextWakeAtMs: ___, ...over } = answer();
    expect(found(over, look({ timers: [] }))).toEqual([]);
  });

  it('is judged by the wall clock in a rehearsal, whose own days pass quickly', () => {
    const rehearsed = answer({ armedRealMs: nowMs + 5_000 });
    expect(found(rehearsed, look({ timers: [{ startedAtMs: nowMs, firesAtMs: nowMs + 5_003 }] }))).toEqual([]);
    expect(found(rehearsed, look())).toHaveLength(1);
  });

  it('has passed in vain where nothing has happened a minute later', () => {
    expect(found(answer(), look(), wakeMs + 2 * MINUTE_MS)).toEqual([
      'The wake of 2026-11-23 11:00 UTC has passed, and nothing has happened.',
    ]);
  });
});

describe('what a migration does at the moment', () => {
  it('has no timer meanwhile, and is looked at again', () => {
    const sending = look({ timers: [], activities: [{ what: 'deliverMessages', attempt: 1 }] });
    const { armedWakeAtMs: _, armedRealMs: __, ...unarmed } = answer({ due: 3 });
    expect(isBusy(unarmed, sending)).toBe(true);
    expect(found(unarmed, sending)).toEqual([]);
  });

  it('is told where it fails again and again, with the reason', () => {
    const failing = look({ activities: [{ what: 'writeRegister', attempt: 4, failure: 'the database is away' }] });
    expect(found(answer(), failing)).toEqual(['"writeRegister" has been tried 3 times in vain: the database is away.']);
  });

  it('is told where no worker takes it, or its step fails', () => {
    const fresh = look({ task: { attempt: 1, waitingSinceMs: nowMs - 1_000 } });
    expect([isBusy(answer(), fresh), found(answer(), fresh)]).toEqual([true, []]);
    const untaken = look({ task: { attempt: 1, waitingSinceMs: nowMs - 2 * MINUTE_MS } });
    expect(found(answer(), untaken)).toEqual(['A step of the migration waits, and no worker takes it.']);
    const failing = look({ task: { attempt: 3, waitingSinceMs: nowMs } });
    expect(found(answer(), failing)).toEqual(['The migration cannot be carried on: its step fails, 2 times so far.']);
  });
});

describe('workers', () => {
  const worker = { buildId: 'b2', lastSeenMs: nowMs - 20_000 };
  const all: WorkersLook = { workflow: [worker], activity: [worker], currentBuildId: 'b2' };
  const told = (change: Partial<WorkersLook>): string[] =>
    workerFindings({ ...all, ...change }, nowMs).map(({ what }) => what);

  it('are there where one of the current build asked for work a moment ago', () => {
    expect(told({})).toEqual([]);
  });

  it('are missing where none has asked for minutes, whatever the server still lists', () => {
    const gone = { ...worker, lastSeenMs: nowMs - 4 * MINUTE_MS };
    expect(told({ workflow: [] })).toEqual(['No worker asks Temporal for work.']);
    expect(told({ workflow: [gone] })).toEqual(['No worker asks Temporal for work.']);
    expect(told({ activity: [gone] })).toEqual(['No worker asks for mails to send and rows to write.']);
  });

  it('do nothing where their build is not the current one, or none is', () => {
    expect(told({ workflow: [{ ...worker, buildId: 'b1' }] })).toEqual([
      'Migrations run on build b2, and the workers that ask for work are of build b1.',
    ]);
    const { currentBuildId: _, ...none } = all;
    expect(workerFindings(none, nowMs).map(({ what }) => what)).toEqual([
      'No build is the current one, so nothing runs.',
    ]);
  });
});
