import { sealRecords } from './auditChain.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';
import type { DeliverInput } from './ports.js';
import type { MessageRow, RegisterWrite } from './records.js';
import { messageRow } from './registerRows.js';
import type { AuditDraft } from './state.js';

const eventTypes = { sent: 'message.sent', undeliverable: 'message.undeliverable' } as const;

/** Only the outcome's own instant and facts: workflow and activity both make these drafts, and must make the same. */
function sentDraft(message: OutboundMessage, outcome: MessageOutcome, atMs: number): AuditDraft {
  const { messageId, mayHaveRepeated, detail } = outcome;
  return {
    atMs,
    actor: 'leadtime',
    type: eventTypes[outcome.outcome],
    data: {
      key: message.key,
      kind: message.kind,
      to: message.to.key,
      milestoneIds: [...new Set(message.items.map((item) => item.milestoneId))],
      messageId,
      mayHaveRepeated,
      ...(detail !== undefined && { detail }),
    },
  };
}

/**
 * What the audit says of a delivery: one draft for each message that has an outcome, in the order of the messages. No draft
 * holds an address.
 */
export function sentDrafts(
  messages: readonly OutboundMessage[],
  outcomes: readonly MessageOutcome[],
  atMs: number,
): AuditDraft[] {
  return settledOnes(messages, outcomes).map(([message, outcome]) => sentDraft(message, outcome, atMs));
}

/** The register's rows of the same messages, in the same order. */
export function sentRows(
  messages: readonly OutboundMessage[],
  outcomes: readonly MessageOutcome[],
  atMs: number,
): MessageRow[] {
  return settledOnes(messages, outcomes).map(([message, outcome]) => messageRow(message, outcome, atMs));
}

/** The write with the records and rows of the sends. The workflow seals the very same records from the same outcomes. */
export function withSends(
  { messages, write, head, atMs }: DeliverInput,
  outcomes: readonly MessageOutcome[],
): RegisterWrite {
  const sealed = sealRecords(head, sentDrafts(messages, outcomes, atMs));
  return {
    ...write,
    asOfSeq: sealed.head.seq,
    messages: [...write.messages, ...sentRows(messages, outcomes, atMs)],
    audit: [...write.audit, ...sealed.records],
  };
}

function settledOnes(
  messages: readonly OutboundMessage[],
  outcomes: readonly MessageOutcome[],
): [OutboundMessage, MessageOutcome][] {
  const byKey = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
  return messages.flatMap((message): [OutboundMessage, MessageOutcome][] => {
    const outcome = byKey.get(message.key);
    return outcome === undefined ? [] : [[message, outcome]];
  });
}
