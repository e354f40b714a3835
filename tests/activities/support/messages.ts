import type { MessageItem, OutboundMessage } from '../../../rules/migration/messages.js';

export function itemLike(change: Partial<MessageItem> = {}): MessageItem {
  return {
    milestoneId: 'extract.initial.emis.core.1.asked',
    rungId: 'ask',
    title: 'Ask EMIS for its data extract request form (core record, initial)',
    action: 'Send EMIS the request for its data extract request form.',
    // A Thursday, five weeks before the Initial data production day.
    dueOn: '2026-12-03',
    provisional: false,
    holderName: 'Example CSU',
    partyName: 'EMIS',
    source: 'guide/00:83-97',
    ...change,
  };
}

export function messageLike(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    key: 'digest/practiceManager/4f0c21a9d3b5e677',
    kind: 'digest',
    channel: 'email',
    to: { key: 'practiceManager', role: 'practiceManager', name: 'Ann Manager', email: 'ann@practice.example' },
    cc: [],
    about: aboutLike(),
    items: [itemLike()],
    settles: [{ milestoneId: 'extract.initial.emis.core.1.asked', rungId: 'ask', dateVersion: 1 }],
    sentOn: '2026-11-23',
    ...change,
  };
}

export function aboutLike(change: Partial<OutboundMessage['about']> = {}): OutboundMessage['about'] {
  return {
    migrationId: 'Z90001-20260914-k3v9qa',
    odsCode: 'Z90001',
    practiceName: 'Example Medical Centre',
    rehearsal: false,
    csu: { name: 'Example CSU', mailbox: 'migrations@csu.example', phone: '0300 000 0000' },
    sourceSupplierName: 'EMIS',
    targetSupplierName: 'TPP',
    initialDataProduction: '2027-01-07',
    finalDataProduction: '2027-02-04',
    goLive: '2027-02-09',
    provisional: [],
    dateVersion: 1,
    ...change,
  };
}
