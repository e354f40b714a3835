import { describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { decide } from '../../../rules/migration/decide.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** On its first morning: both requests are due, and a digest to the practice and the CSU. */
const fresh = (): MigrationState => ({ ...startedExample(exampleOrder('plain')), rehearsal: false, outbox: [] });

const deferred = (state: MigrationState, atMs: number, change: { awayForMs?: number; held?: OutboundMessage[] } = {}) =>
  apply(state, {
    type: 'mailDeferred',
    atMs,
    reason: 'connection refused',
    waiting: 3,
    unanswered: (change.held ?? []).map((message) => ({ message, times: 1 })),
    ...(change.awayForMs !== undefined && { awayForMs: change.awayForMs }),
  });

const auditOf = ({ outbox }: MigrationState) => outbox.map(({ type, data }) => [type, data]);

/** Tries as a migration does, always in vain. @returns the instants of the tries */
function triesUntil(start: MigrationState, untilMs: number): number[] {
  const tries: number[] = [];
  let state = start;
  let nowMs: number | undefined = start.startedAtMs;
  while (nowMs !== undefined && nowMs < untilMs) {
    const decision = decide(state, nowMs);
    state = decision.events.reduce(apply, state);
    if (decision.messages.length > 0) {
      tries.push(nowMs);
      state = deferred(state, nowMs);
    } else nowMs = decision.wakeAtMs;
  }
  return tries;
}

describe('mail that cannot leave', () => {
  const start = fresh();
  const nowMs = start.startedAtMs;
  const away = deferred(start, nowMs);

  it('waits a quarter of an hour, and up to a quarter more of that, for the next try', () => {
    const { mailAway } = away;
    expect(mailAway).toMatchObject({ sinceMs: nowMs, tries: 1 });
    expect((mailAway?.nextTryAtMs ?? 0) - nowMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
    expect((mailAway?.nextTryAtMs ?? 0) - nowMs).toBeLessThanOrEqual(19 * MINUTE_MS);
    expect(decide(away, nowMs + MINUTE_MS)).toMatchObject({ messages: [], wakeAtMs: mailAway?.nextTryAtMs });
  });

  it('is composed anew at the try, for the day of the try', () => {
    const nextDayMs = nowMs + DAY_MS;
    const { messages } = decide(away, nextDayMs);
    expect(messages.map(({ kind }) => kind).filter((kind) => kind === 'request')).toHaveLength(2);
    expect(new Set(messages.map(({ sentOn }) => sentOn))).toEqual(new Set(['2026-10-21']));
  });

  it('is tried every hour or a little more in the end: fewer than 48 times in two days', () => {
    const tries = triesUntil(start, nowMs + 2 * DAY_MS);
    const gaps = tries.slice(1).map((atMs, index) => atMs - (tries[index] ?? 0));
    expect(tries.length).toBeGreaterThan(35);
    expect(tries.length).toBeLessThan(48);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1.25 * HOUR_MS);
    expect(gaps.slice(2).every((gap) => gap >= HOUR_MS)).toBe(true);
  });

  it('is tried at other instants for another migration', () => {
    const other = deferred({ ...start, migrationId: 'Z98001-20261020-other1' }, nowMs);
    expect(other.mailAway?.nextTryAtMs).not.toBe(away.mailAway?.nextTryAtMs);
  });

  it('waits as long as the other side says', () => {
    const closed = deferred(start, nowMs, { awayForMs: 9 * HOUR_MS });
    expect((closed.mailAway?.nextTryAtMs ?? 0) - nowMs).toBeGreaterThanOrEqual(9 * HOUR_MS);
  });

  it('is audited once, and once more when mail has left', () => {
    const twice = deferred(away, nowMs + HOUR_MS);
    const back = apply(twice, { type: 'mailReturned', atMs: nowMs + 2 * HOUR_MS });
    expect(auditOf(back)).toEqual([
      ['mail.deferred', { reason: 'connection refused', waiting: 3 }],
      ['mail.returned', { awaySince: new Date(nowMs).toISOString(), tries: 2 }],
    ]);
    expect(back).not.toHaveProperty('mailAway');
  });

  it('holds up nothing that is posted to somebody’s system', () => {
    const parties = away.directory.parties.map((party) =>
      party.id === 'alder' ? { ...party, channel: 'webhook' as const, address: 'https://alder.example/hook' } : party,
    );
    const posting = { ...away, directory: { ...away.directory, parties } };
    const { messages, wakeAtMs } = decide(posting, nowMs + MINUTE_MS);
    expect(messages.map(({ kind, channel }) => `${kind} ${channel}`)).toEqual(['request webhook', 'request webhook']);
    expect(wakeAtMs).toBe(away.mailAway?.nextTryAtMs);
  });

  it('keeps a migration that is off from ending before word of it is out', () => {
    const off = apply(away, { type: 'cancelled', atMs: nowMs, by: 'Helen Marsh', reason: 'merger' });
    const { messages, finished, wakeAtMs } = decide(off, nowMs + MINUTE_MS);
    expect([messages, finished, wakeAtMs]).toEqual([[], false, away.mailAway?.nextTryAtMs]);
    expect(decide(off, wakeAtMs ?? 0).messages.map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled']);
  });
});

describe('a message that may have arrived', () => {
  const start = fresh();
  const nowMs = start.startedAtMs;
  const due = decide(start, nowMs).messages;
  const digest = due.find(({ kind }) => kind === 'digest');
  const request = due.find(({ kind }) => kind === 'request');
  if (digest === undefined || request === undefined)
    throw new Error('The example has no digest or request on day one.');
  const away = deferred(start, nowMs, { held: [digest, request] });

  it('is handed over again as it is, after the others, and told by no other message', () => {
    const { messages } = decide(away, nowMs + DAY_MS);
    expect(messages.slice(-2)).toEqual([digest, request]);
    const told = messages.flatMap(({ settles }) => settles.map((key) => JSON.stringify(key)));
    expect(new Set(told).size).toBe(told.length);
  });

  it('has the register written once, not at each try', () => {
    const shown = { ...away, outbox: [], dirty: [] };
    const again = deferred(shown, nowMs + HOUR_MS, { held: [digest, request] });
    expect([again.outbox, again.dirty]).toEqual([[], []]);
  });

  it('leaves the milestone of a request open until it is known to have arrived', () => {
    const [settled] = request.settles;
    const id = settled?.milestoneId ?? '';
    expect(away.milestones[id]?.status ?? 'open').toBe('open');
    const outcomes = [{ key: request.key, outcome: 'sent' as const, mayHaveRepeated: true, messageId: 'm' }];
    const sent = apply(away, { type: 'messagesSettled', atMs: nowMs + DAY_MS, messages: [request], outcomes });
    expect(sent.milestones[id]?.status).toBe('done');
  });

  it('is forgotten once all of them are out', () => {
    const back = apply(away, { type: 'mailReturned', atMs: nowMs + DAY_MS });
    expect(back).not.toHaveProperty('unanswered');
    expect(decide(back, nowMs + DAY_MS).messages).not.toContainEqual(digest);
  });

  it('is withdrawn when the migration is off, and a reminder is dropped', () => {
    const off = apply(away, { type: 'cancelled', atMs: nowMs, by: 'Helen Marsh', reason: 'merger' });
    const { messages } = decide(off, nowMs + DAY_MS);
    expect(messages.map(({ kind, to }) => `${kind} ${to.key}`).sort()).toEqual([
      'cancelled csuOperator',
      'cancelled practiceManager',
      'withdrawal alder.contact',
    ]);
  });

  it('is withdrawn also when that is known only after the migration is off', () => {
    const off = apply(start, { type: 'cancelled', atMs: nowMs, by: 'Helen Marsh', reason: 'merger' });
    const late = deferred(off, nowMs + MINUTE_MS, { held: [request] });
    expect(late.unanswered).toBeUndefined();
    expect(late.pending.map(({ kind }) => kind)).toContain('withdrawal');
  });
});
