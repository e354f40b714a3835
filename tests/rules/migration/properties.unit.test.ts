import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { decide } from '../../../rules/migration/decide.js';
import { supplierEventTypes, type MigrationEvent, type SupplierEventAnswer } from '../../../rules/migration/events.js';
import {
  judgeAmendment,
  judgeCancel,
  judgeDone,
  judgeSupplierEvent,
  judgeWaive,
} from '../../../rules/migration/judge.js';
import { judgeCounts } from '../../../rules/migration/judgeCounts.js';
import { judgeItem } from '../../../rules/migration/judgeItem.js';
import type { MessageOutcome } from '../../../rules/migration/messages.js';
import type { MigrationState, MilestoneState } from '../../../rules/migration/state.js';
import { elementStory } from '../../support/elements.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const hourMs = 3_600_000;
const mostWakes = 3_000;

const provisional = { on: '2027-01-28', status: 'provisional' as const };
const plain = exampleOrder('plain');
const practiceAsks = { ...plain.decisions, extractRequestSentBy: 'practice' as const, chasedBy: 'practice' as const };

const starts: Record<string, MigrationState> = {
  elements: elementStory().state,
  plain: startedExample(plain),
  rich: startedExample(exampleOrder('rich')),
  midFlight: startedExample(exampleOrder('mid-flight'), '2026-11-02'),
  practiceAsks: startedExample({
    ...plain,
    decisions: practiceAsks,
    anchors: { ...plain.anchors, finalDataProduction: provisional },
  }),
};

/** What somebody may try at some instant; whether it fits is for the judges to say. */
interface Attempt {
  afterHours: number;
  event: (state: MigrationState, atMs: number) => MigrationEvent;
}

const by = 'Tom Ashdown';
const days = fc.constantFrom('2026-11-24', '2027-01-07', '2027-01-14', '2027-01-28', '2027-03-31', '2027-04-24');
const anyDay = fc.option(days, { nil: undefined });

const supplierWord = fc
  .record({
    webhookId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'constructor', '__proto__'),
    supplierId: fc.constantFrom('alder', 'rowan', 'docman', 'inr-star', 'eps', 'quay-pharmacy', 'nobody'),
    type: fc.constantFrom(...supplierEventTypes),
    date: anyDay,
    product: fc.constantFrom(undefined, 'core', 'archive', 'docman.documents', 'alder.core'),
    extract: fc.constantFrom(undefined, 'initial', 'final', 7),
    loadedOn: anyDay,
  })
  .map(({ date, product, extract, loadedOn, ...word }) => ({
    ...word,
    ...(date && { date }),
    ...(product && { product }),
    ...((extract ?? loadedOn) && { data: { extract, loadedOn } }),
  }))
  .map((event): Attempt['event'] => (_state, atMs) => ({ type: 'supplierEventReceived', atMs, event }));

const milestoneOf = (state: MigrationState, index: number): string =>
  state.plan.milestones[index % state.plan.milestones.length]?.id ?? '';

const report = fc
  .record({ index: fc.nat(500), on: days, forDate: anyDay, outcome: fc.constantFrom(undefined, 'needed', 'notNeeded') })
  .map(({ index, on, forDate, outcome }): Attempt['event'] => (state, atMs) => ({
    type: 'milestoneDone',
    atMs,
    report: {
      milestoneId: milestoneOf(state, index),
      on,
      by,
      ...(forDate && { forDate }),
      ...(outcome && { outcome }),
    },
  }));

const waiver = fc.nat(500).map((index): Attempt['event'] => (state, atMs) => ({
  type: 'milestoneWaived',
  atMs,
  milestoneId: milestoneOf(state, index),
  by,
  reason: 'not needed',
}));

const amendment = fc
  .record({
    target: fc.constantFrom('alder.contact', 'eps.contact', 'practiceManager', 'rowan.accountManager', 'x.contact'),
    contact: fc.constantFrom({ name: 'A', email: 'a@a.example' }, { name: 'B', phone: '1' }, { name: 'C' }),
  })
  .map((change): Attempt['event'] => (_state, atMs) => ({
    type: 'contactAmended',
    atMs,
    amendment: { ...change, by },
  }));

const counts = fc
  .record({ inbox: fc.integer({ min: -1, max: 5 }), other: fc.constantFrom('duplicates', 'records', 'x'), on: anyDay })
  .map(({ inbox, other, on }): Attempt['event'] => (_state, atMs) => ({
    type: 'countsReported',
    atMs,
    report: { values: { inbox, [other]: 1 }, by, ...(on && { on }) },
  }));

const decision = fc.constantFrom('needed', 'notNeeded').map((outcome): Attempt['event'] => (_state, atMs) => ({
  type: 'milestoneDone',
  atMs,
  report: { milestoneId: 'decision', by, outcome },
}));

const item = fc
  .record({ id: fc.constantFrom('a', 'b', 'c'), owner: fc.constantFrom('practice', 'alder', 'x'), dueOn: anyDay })
  .map(({ dueOn, ...named }): Attempt['event'] => (_state, atMs) => ({
    type: 'itemAdded',
    atMs,
    item: { ...named, kind: 'survey', title: 'A thing', ...(dueOn && { dueOn }) },
    by,
  }));

const cancellation = fc.constant<Attempt['event']>((_state, atMs) => ({ type: 'cancelled', atMs, by, reason: 'off' }));

const attempts: fc.Arbitrary<Attempt[]> = fc.array(
  fc.record({
    afterHours: fc.integer({ min: 0, max: 400 }),
    event: fc.oneof(
      { weight: 8, arbitrary: supplierWord },
      { weight: 4, arbitrary: report },
      { weight: 2, arbitrary: waiver },
      { weight: 3, arbitrary: counts },
      { weight: 1, arbitrary: decision },
      { weight: 2, arbitrary: item },
      { weight: 1, arbitrary: amendment },
      { weight: 1, arbitrary: cancellation },
    ),
  }),
  { maxLength: 25 },
);

function isRefused(state: MigrationState, event: MigrationEvent): boolean {
  if (event.type === 'supplierEventReceived') return judgeSupplierEvent(state, event.event) !== undefined;
  if (event.type === 'milestoneDone') return judgeDone(state, event.report, event.atMs) !== undefined;
  if (event.type === 'milestoneWaived') return judgeWaive(state, event) !== undefined;
  if (event.type === 'contactAmended') return judgeAmendment(state, event.amendment) !== undefined;
  if (event.type === 'countsReported') return judgeCounts(state, event.report, event.atMs) !== undefined;
  if (event.type === 'itemAdded') return judgeItem(state, event, event.atMs) !== undefined;
  return judgeCancel(state) !== undefined;
}

/** JSON is what the state goes through when a migration continues as new. */
const throughJson = (state: MigrationState): MigrationState => JSON.parse(JSON.stringify(state)) as MigrationState;

/** Runs a migration with everything that is attempted, and checks at each step what always has to hold. */
class CheckedRun {
  readonly sent = new Set<string>();
  readonly answers = new Map<string, SupplierEventAnswer | undefined>();
  private settled = 0;

  constructor(
    public state: MigrationState,
    private readonly refusedEvery: number,
  ) {}

  /** Does what is due. @returns the next wake */
  wake(nowMs: number): number | undefined {
    for (let round = 0; round < 60; round += 1) {
      const decision = decide(this.state, nowMs);
      const decided = JSON.stringify(decision);
      expect(JSON.stringify(decide(this.state, nowMs))).toBe(decided);
      expect(JSON.stringify(decide(throughJson(this.state), nowMs))).toBe(decided);
      expect(decision.wakeAtMs ?? Infinity).toBeGreaterThan(nowMs);
      for (const event of decision.events) this.state = apply(this.state, event);
      if (decision.messages.length === 0 && decision.events.length === 0) return decision.wakeAtMs;
      this.deliver(decision.messages, nowMs);
    }
    throw new Error('The migration acts without end.');
  }

  attempt(event: MigrationEvent): void {
    if (isRefused(this.state, event)) return;
    this.state = apply(this.state, event);
    if (event.type === 'supplierEventReceived') this.checkAnswer(event.event.webhookId);
  }

  private checkAnswer(webhookId: string): void {
    const answer = this.state.ledger[webhookId];
    expect(answer).toMatchObject({ webhookId, migrationId: this.state.migrationId });
    if (this.answers.has(webhookId)) expect(answer).toEqual(this.answers.get(webhookId));
    this.answers.set(webhookId, answer);
  }

  private deliver(messages: ReturnType<typeof decide>['messages'], atMs: number): void {
    for (const { key, settles } of messages)
      for (const name of [key, ...settles.map(({ milestoneId, rungId }) => `${milestoneId}/${rungId}`)]) {
        expect(this.sent.has(name), name).toBe(false);
        this.sent.add(name);
      }
    const outcomes = messages.map(({ key }): MessageOutcome => {
      this.settled += 1;
      const outcome = this.settled % this.refusedEvery === 0 ? 'undeliverable' : 'sent';
      return { key, outcome, mayHaveRepeated: false, messageId: key };
    });
    this.state = apply(this.state, { type: 'messagesSettled', atMs, messages, outcomes });
  }
}

function runThrough(start: MigrationState, tried: Attempt[], refusedEvery: number): CheckedRun {
  const run = new CheckedRun(apply(start, { type: 'started', atMs: start.startedAtMs }), refusedEvery);
  let nowMs = start.startedAtMs;
  let wakeAtMs = run.wake(nowMs);
  const until = (untilMs: number): void => {
    for (let wakes = 0; wakeAtMs !== undefined && wakeAtMs <= untilMs; wakes += 1) {
      if (wakes > mostWakes) throw new Error('The migration wakes without end.');
      nowMs = wakeAtMs;
      wakeAtMs = run.wake(nowMs);
    }
  };
  for (const { afterHours, event } of tried) {
    const atMs = nowMs + afterHours * hourMs;
    until(atMs);
    nowMs = atMs;
    run.attempt(event(run.state, nowMs));
    wakeAtMs = run.wake(nowMs);
  }
  until(Infinity);
  return run;
}

describe('whatever happens, whenever', () => {
  it('a migration comes to its end, sends nothing twice, wakes later than now, and decides the same from its JSON', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('elements', 'elements', 'plain', 'rich', 'midFlight', 'practiceAsks'),
        attempts,
        fc.integer({ min: 3, max: 40 }),
        (name, tried, refusedEvery) => {
          const { state, sent } = runThrough(starts[name] ?? startedExample(plain), tried, refusedEvery);
          expect(sent.size).toBeGreaterThan(0);
          expect(isDeepStrictEqual(throughJson(state), state)).toBe(true);
          const isOdd = ({ status, settledOn }: MilestoneState): boolean => (status === 'open') === Boolean(settledOn);
          expect(Object.values(state.milestones).filter(isOdd)).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});
