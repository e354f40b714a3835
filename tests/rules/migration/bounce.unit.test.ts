import { describe, expect, it } from 'vitest';
import { apply } from '../../../rules/migration/apply.js';
import { bouncedMilestone, judgeBounce } from '../../../rules/migration/bounce.js';
import { decide } from '../../../rules/migration/decide.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { MigrationState } from '../../../rules/migration/state.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const HOUR_MS = 3_600_000;

const idOf = ({ key }: OutboundMessage): string => `${key}@csu.example`;

/** After its first morning: two requests, the practice's and the CSU's digest are out. */
function sentOut(change: Partial<MigrationState> = {}): {
  state: MigrationState;
  messages: OutboundMessage[];
  atMs: number;
} {
  const start = { ...startedExample(exampleOrder('plain')), ...change };
  const atMs = start.startedAtMs;
  const { messages } = decide(start, atMs);
  const outcomes = messages.map((message) => ({
    key: message.key,
    outcome: 'sent' as const,
    mayHaveRepeated: false,
    messageId: idOf(message),
  }));
  const state = apply(start, { type: 'messagesSettled', atMs, messages, outcomes });
  return { state: { ...state, outbox: [], dirty: [] }, messages, atMs };
}

const { state, messages, atMs } = sentOut();
const found = (kind: string, to?: string): OutboundMessage => {
  const message = messages.find((each) => each.kind === kind && (to === undefined || each.to.key === to));
  if (message === undefined) throw new Error(`The example sends no ${kind} to ${to} on day one.`);
  return message;
};
const request = found('request');
const [asked] = request.settles.map(({ milestoneId }) => milestoneId);
const bounce = (from: MigrationState, messageId: string, detail = '550 no such user') =>
  apply(from, { type: 'mailBounced', atMs: atMs + HOUR_MS, report: { messageId, detail, by: 'govuk-notify' } });

describe('a request that comes back', () => {
  const back = bounce(state, idOf(request));

  it('opens its milestone again: its supplier has not been asked', () => {
    expect(state.milestones[asked ?? '']).toMatchObject({ status: 'done', settledBy: 'leadtime' });
    expect(back.milestones[asked ?? '']).toMatchObject({ status: 'open' });
    expect(back.milestones[asked ?? '']).not.toHaveProperty('settledOn');
    expect(back.dirty).toEqual([asked]);
  });

  it('is told to the operator, with what came back and what to do', () => {
    const told = decide(back, atMs + HOUR_MS).messages.filter(({ kind }) => kind === 'undeliverable');
    expect(told.map(({ to }) => to.key)).toEqual(['csuOperator']);
    expect(told[0]?.items).toMatchObject([
      {
        milestoneId: asked,
        news: 'Mail to alder.contact came back (550 no such user). It counts as not told: tell them another way, and record that as done.',
      },
    ]);
  });

  it('is not sent again to an address that does not work', () => {
    expect(decide(back, atMs + HOUR_MS).messages.filter(({ kind }) => kind === 'request')).toEqual([]);
  });

  it('is audited by who said so, without an address', () => {
    expect(back.outbox).toMatchObject([
      {
        actor: 'govuk-notify',
        type: 'message.bounced',
        data: { messageId: idOf(request), kind: 'request', to: 'alder.contact', reopened: asked },
      },
    ]);
    expect(JSON.stringify(back.outbox)).not.toContain(request.to.email);
  });

  it('is told once, however often it is reported', () => {
    expect(bounce(back, idOf(request))).toEqual(back);
  });

  it('can be recorded as done after that, and stays so', () => {
    const report = { milestoneId: asked ?? '', by: 'Tom Ashdown', reference: 'rang them' };
    const done = apply(back, { type: 'milestoneDone', atMs: atMs + 2 * HOUR_MS, report });
    expect(bounce(done, idOf(request)).milestones[asked ?? '']).toMatchObject({ status: 'done' });
  });

  it('opens nothing when its supplier has answered it all the same', () => {
    const event = { webhookId: 'w1', supplierId: 'alder', type: 'form.sent' as const, data: { extract: 'initial' } };
    const answered = apply(state, { type: 'supplierEventReceived', atMs, event });
    expect(bounce(answered, idOf(request)).milestones[asked ?? '']?.status).toBe('done');
  });

  it('opens nothing when somebody has recorded it by name', () => {
    const milestones = { ...state.milestones };
    const before = milestones[asked ?? ''];
    if (before === undefined) throw new Error('The request has settled nothing.');
    const byName = { ...state, milestones: { ...milestones, [asked ?? '']: { ...before, settledBy: 'Tom Ashdown' } } };
    expect(bounce(byName, idOf(request)).milestones[asked ?? '']?.status).toBe('done');
  });
});

describe('any other mail that comes back', () => {
  it('is told to the operator and opens nothing', () => {
    const digest = found('digest', 'practiceManager');
    const back = bounce(state, idOf(digest));
    expect(back.milestones).toEqual(state.milestones);
    expect(back.pending).toMatchObject([
      { kind: 'undeliverable', audience: 'operator', news: 'Mail to practiceManager came back (550 no such user).' },
    ]);
  });

  it('is told to whoever stands in for the operator where it was their own', () => {
    const operators = { ...found('digest', 'practiceManager'), key: 'digest/csuOperator/1' };
    const to = { ...operators.to, key: 'csuOperator' };
    const outcomes = [
      { key: operators.key, outcome: 'sent' as const, mayHaveRepeated: false, messageId: idOf(operators) },
    ];
    const sent = apply(state, { type: 'messagesSettled', atMs, messages: [{ ...operators, to }], outcomes });
    expect(bounce(sent, idOf(operators)).pending).toMatchObject([{ audience: 'operator' }]);
    expect(bounce(sent, idOf(operators)).deadAddresses).toMatchObject([{ key: 'csuOperator' }]);
  });

  it('is told beside its copy, and a copy alone says nothing about the mail', () => {
    const copy = bounce(state, `${idOf(request)}/copy-1`);
    expect(copy.milestones[asked ?? '']?.status).toBe('done');
    expect(copy.pending).toHaveLength(1);
    const both = bounce(copy, idOf(request));
    expect(both.pending).toHaveLength(2);
    expect(both.milestones[asked ?? '']?.status).toBe('open');
  });
});

describe('judgeBounce', () => {
  const report = (messageId: string) => ({ messageId, detail: 'gone', by: 'Tom Ashdown' });

  it.each(['nobody@csu.example', '__proto__', 'constructor', ''])('knows no message "%s"', (messageId) => {
    expect(judgeBounce(state, report(messageId))).toMatchObject({ type: 'UnknownMessage' });
  });

  it('takes what was sent, its copies and repeats, and knows what they were about', () => {
    const back = bounce(state, idOf(request));
    expect(judgeBounce(state, report(`${idOf(request)}/copy-2`))).toBeUndefined();
    expect(judgeBounce(back, report(idOf(request)))).toBeUndefined();
    expect(bouncedMilestone(back, idOf(request))).toBe(asked);
  });

  it('refuses once the migration is off', () => {
    const off = apply(state, { type: 'cancelled', atMs, by: 'Helen Marsh', reason: 'merger' });
    expect(judgeBounce(off, report(idOf(request)))).toMatchObject({ type: 'MigrationClosed' });
  });
});
