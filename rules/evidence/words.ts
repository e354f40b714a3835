import type { AuditRecord } from '../migration/records.js';
import type { MessageKind } from '../migration/messages.js';
import type { RecordFacts } from './facts.js';

const MESSAGES: Readonly<Record<MessageKind, string>> = {
  request: 'Request for an extract',
  authorisation: 'Request to let the CSU ask',
  letter: 'Letter for the practice to send',
  notice: 'Formal notice',
  contact: 'Contact before a day, or on it',
  withdrawal: 'Withdrawal: a request or notice no longer stands',
  chase: 'Chase',
  reminder: 'Reminder',
  onTheDay: 'What is due on the day',
  digest: 'Reminders',
  dateMoved: 'Word that a day has moved',
  allClear: 'All clear',
  escalation: 'Escalation',
  mismatch: 'Word that a form or booking names another day',
  callTask: 'Somebody is asked to tell them by portal, telephone or post',
  undeliverable: 'Word that an address does not work',
  cancelled: 'Word that the migration is off',
  countsNotFalling: 'Word that counts are not falling',
  help: 'Somebody asks for help',
};

const OTHERS: Readonly<Record<string, string>> = {
  'milestone.done': 'Noted as done',
  'milestone.waived': 'Noted as not needed',
  'milestone.reopened': 'Open again',
  'milestone.slipped': 'Late',
  'milestones.followed': 'New days, because data were loaded',
  'slip.acknowledged': 'Somebody has taken the delay on',
  'item.added': 'Added to the plan',
  'help.asked': 'Somebody asked for help',
  'migration.started': 'The migration begins',
  'migration.redated': 'Days have moved',
  'migration.held': 'On hold: nothing is sent',
  'migration.resumed': 'Goes on, with new days',
  'migration.cancelled': 'Cancelled',
  'migration.ended': 'Ended',
  'order.amended': 'The order has changed',
  'rules.adopted': 'Other rules or bank holidays count',
};

const messageWords = (kind: string | undefined): string =>
  Object.entries(MESSAGES).find(([known]) => known === kind)?.[1] ?? `Message "${kind ?? ''}"`;

/** What a record says in a sentence: roles and days, no names of people and none of their own words. */
export function wordsOf({ type, actor }: AuditRecord, facts: RecordFacts): string {
  const { kind, to, event, supplierId, forDay, on } = facts;
  const day = [...(on === undefined ? [] : [`on ${on}`]), ...(forDay === undefined ? [] : [`for ${forDay}`])].join(
    ', ',
  );
  const dated = (what: string): string => (day === '' ? what : `${what}, ${day}`);
  if (type.startsWith('message.')) return `${messageWords(kind)}, to ${to ?? 'nobody'}`;
  if (type !== 'supplier.event') return dated(OTHERS[type] ?? type);
  return dated(`They say: ${event ?? ''}${actor === supplierId ? '' : ', as an operator has noted'}`);
}
