import { instantOf } from '../../rules/calendar/clock.js';
import type { Day } from '../../rules/calendar/day.js';
import { apply } from '../../rules/migration/apply.js';
import { decide } from '../../rules/migration/decide.js';
import { decisionOf, doneByDecision } from '../../rules/migration/decision.js';
import type {
  AddedItem,
  DecisionOutcome,
  DoneReport,
  MigrationEvent,
  Rejection,
  SupplierEvent,
  SupplierEventAnswer,
} from '../../rules/migration/events.js';
import { judgeDone, judgeWaive, judgeSupplierEvent } from '../../rules/migration/judge.js';
import { judgeCounts } from '../../rules/migration/judgeCounts.js';
import { judgeDecision } from '../../rules/migration/judgeDecision.js';
import { judgeItem } from '../../rules/migration/judgeItem.js';
import { judgeSlipAcknowledgement } from '../../rules/migration/slipAcknowledged.js';
import { milestoneState, todayOf } from '../../rules/migration/lookup.js';
import type { MessageKind, MessageOutcome, OutboundMessage } from '../../rules/migration/messages.js';
import type { MigrationState, MilestoneState } from '../../rules/migration/state.js';

/** One mail of a story, as a rule reads it: `notice to eps.contact about notify.eps`. */
export interface Sent {
  atMs: number;
  on: Day;
  message: OutboundMessage;
}

const mostRounds = 50;

const familyOf = ({ kind }: OutboundMessage): MessageKind =>
  kind === 'reminder' || kind === 'onTheDay' ? 'digest' : kind;

/**
 * A migration in virtual time that a test tells step by step: what is due is sent before and after everything that happens.
 *
 * Its clock moves only forwards. Suppliers and operators are judged first, as a running migration judges them.
 */
export class Story {
  state: MigrationState;
  nowMs: number;
  readonly sent: Sent[] = [];
  readonly wakes: number[] = [];
  finished = false;
  /** Addressees whose mail is refused for good. */
  readonly refused = new Set<string>();
  private readonly deadAddresses = new Map<string, string>();
  private webhooks = 0;
  private wakeAtMs: number | undefined;

  constructor(start: MigrationState) {
    this.nowMs = start.startedAtMs;
    this.state = apply(start, { type: 'started', atMs: this.nowMs });
    this.wake();
  }

  /** Lets time pass, waking whenever something is due, until 12:00 on a day, or another minute of it. */
  until(day: Day, minuteOfDay = 720): this {
    const untilMs = instantOf(this.state.plan.workingTime.clock, day, minuteOfDay);
    while (this.wakeAtMs !== undefined && this.wakeAtMs <= untilMs) {
      this.nowMs = this.wakeAtMs;
      this.wake();
    }
    this.nowMs = untilMs;
    return this;
  }

  /** Lets the whole migration pass. */
  toTheEnd(): this {
    while (this.wakeAtMs !== undefined) {
      this.nowMs = this.wakeAtMs;
      this.wake();
    }
    return this;
  }

  /** Nothing runs until an instant; then everything that is due wakes at once. */
  outageUntil(day: Day, minuteOfDay: number): this {
    this.nowMs = instantOf(this.state.plan.workingTime.clock, day, minuteOfDay);
    this.wake();
    return this;
  }

  /** What a supplier's system tells us; the answer, or why it is refused. */
  says(supplierId: string, type: SupplierEvent['type'], change: Partial<SupplierEvent> = {}): SupplierEventAnswer {
    const event = this.event(supplierId, type, change);
    const rejection = judgeSupplierEvent(this.state, event);
    if (rejection !== undefined) throw new Error(`${rejection.type}: ${rejection.message}`);
    this.happens({ type: 'supplierEventReceived', atMs: this.nowMs, event });
    const answer = this.state.ledger[event.webhookId];
    if (answer === undefined) throw new Error('The event has no answer.');
    return answer;
  }

  /** Why an event would be refused; undefined where it would not. */
  refusalOf(supplierId: string, type: SupplierEvent['type'], change: Partial<SupplierEvent> = {}) {
    return judgeSupplierEvent(this.state, this.event(supplierId, type, change));
  }

  done(milestoneId: string, change: Partial<DoneReport> = {}): Rejection | undefined {
    const report = { milestoneId, on: this.today(), by: 'Tom Ashdown', ...change };
    const rejection = judgeDone(this.state, report, this.nowMs);
    if (rejection === undefined) this.happens({ type: 'milestoneDone', atMs: this.nowMs, report });
    return rejection;
  }

  waive(milestoneId: string): Rejection | undefined {
    const rejection = judgeWaive(this.state, { milestoneId });
    const event = { milestoneId, by: 'Helen Marsh', reason: 'not needed here' };
    if (rejection === undefined) this.happens({ type: 'milestoneWaived', atMs: this.nowMs, ...event });
    return rejection;
  }

  /** An operator takes a slip on; why it would be refused. */
  acknowledges(milestoneId: string, by = 'Tom Ashdown'): Rejection | undefined {
    const acknowledgement = { milestoneId, by, note: 'Rang them' };
    const rejection = judgeSlipAcknowledgement(this.state, acknowledgement);
    if (rejection === undefined) this.happens({ type: 'slipAcknowledged', atMs: this.nowMs, acknowledgement });
    return rejection;
  }

  /** What the practice counted; why it would be refused. */
  counts(values: Record<string, number>, on?: Day): Rejection | undefined {
    const report = { values, by: 'Priya Nayar', ...(on && { on }) };
    const rejection = judgeCounts(this.state, report, this.nowMs);
    if (rejection === undefined) this.happens({ type: 'countsReported', atMs: this.nowMs, report });
    return rejection;
  }

  decides(outcome: DecisionOutcome, by = 'Dr Pryce'): Rejection | undefined {
    const report = { decision: 'reconciliation', outcome, by } as const;
    const rejection = judgeDecision(this.state, report, this.nowMs);
    const { id = '' } = decisionOf(this.state, report.decision) ?? {};
    if (rejection === undefined)
      this.happens({ type: 'milestoneDone', atMs: this.nowMs, report: doneByDecision(id, report) });
    return rejection;
  }

  adds(item: Partial<AddedItem> = {}): Rejection | undefined {
    const added = { kind: 'survey', id: 'printer', title: 'A label printer', owner: 'practice', ...item } as const;
    const report = { item: added, by: 'Tom Ashdown' };
    const rejection = judgeItem(this.state, report, this.nowMs);
    if (rejection === undefined) this.happens({ type: 'itemAdded', atMs: this.nowMs, ...report });
    return rejection;
  }

  cancel(): this {
    return this.happens({ type: 'cancelled', atMs: this.nowMs, by: 'Helen Marsh', reason: 'The practice merges.' });
  }

  happens(event: MigrationEvent): this {
    this.state = apply(this.state, event);
    this.wake();
    return this;
  }

  /** Applies an event without looking at what is due, as a handler does while mails are on their way. */
  meanwhile(event: MigrationEvent): this {
    this.state = apply(this.state, event);
    return this;
  }

  /**
   * Mails about a milestone, or of a kind, in the order in which they went: `['escalation to csuOperator on …']`. A digest of one
   * thing, or of what is due today, is a digest here.
   */
  told(which: { about?: string; kind?: MessageKind; from?: Day }): string[] {
    return this.mails(which).map(({ message, on }) => `${familyOf(message)} to ${message.to.key} on ${on}`);
  }

  mails({ about, kind, from = '' }: { about?: string; kind?: MessageKind; from?: Day }): Sent[] {
    return this.sent.filter(
      ({ message, on }) =>
        on >= from &&
        (kind === undefined || message.kind === kind || familyOf(message) === kind) &&
        (about === undefined || message.items.some((item) => item.milestoneId === about)),
    );
  }

  milestone(id: string): MilestoneState {
    return milestoneState(this.state, id);
  }

  status(...ids: string[]): string[] {
    return ids.map((id) => this.milestone(id).status);
  }

  today(): Day {
    return todayOf(this.state, this.nowMs);
  }

  private event(supplierId: string, type: SupplierEvent['type'], change: Partial<SupplierEvent>): SupplierEvent {
    this.webhooks += 1;
    return { webhookId: `webhook-${this.webhooks}`, supplierId, type, ...change };
  }

  /** Does what is due, as often as something is. */
  private wake(): void {
    this.wakes.push(this.nowMs);
    for (let round = 0; round < mostRounds; round += 1) {
      const { events, messages, wakeAtMs, finished } = decide(this.state, this.nowMs);
      this.wakeAtMs = wakeAtMs;
      this.finished = finished;
      for (const event of events) this.state = apply(this.state, event);
      if (messages.length === 0 && events.length === 0) return;
      this.deliver(messages);
    }
    throw new Error('The migration acts without end.');
  }

  /** The address that a refused addressee had first; whoever stands in for them has another. */
  private isDead({ key, email }: OutboundMessage['to']): boolean {
    if (!this.refused.has(key)) return false;
    const dead = this.deadAddresses.get(key) ?? email;
    this.deadAddresses.set(key, dead);
    return dead === email;
  }

  deliver(messages: OutboundMessage[]): void {
    this.sent.push(...messages.map((message) => ({ atMs: this.nowMs, on: message.sentOn, message })));
    const outcomes = messages.map((message): MessageOutcome => {
      const outcome = this.isDead(message.to) ? 'undeliverable' : 'sent';
      return { key: message.key, outcome, mayHaveRepeated: false, messageId: message.key };
    });
    this.state = apply(this.state, { type: 'messagesSettled', atMs: this.nowMs, messages, outcomes });
  }
}
