/** Keys of roles, messages and the audit as people say them. What is not known stays as it is. */
import type { MessageKind } from '../../rules/migration/messages.js';
import { withShortDays } from './words.js';

const ROLES: Readonly<Record<string, string>> = {
  practiceManager: 'the practice manager',
  leadClinician: 'the lead clinician',
  csuOperator: 'the CSU’s operator',
  csuManager: 'the CSU’s manager',
  csuMailbox: 'the CSU’s mailbox',
  partyContact: 'the party’s contact',
  partyAccountManager: 'the party’s account manager',
};

/**
 * Whom a message or a rung goes to.
 *
 * @param key a role, or `alder.contact` and `alder.accountManager`
 * @param nameOf a party by its id
 */
export function roleWords(key: string, nameOf: (partyId: string) => string | undefined): string {
  const [party = '', role] = key.split('.');
  const name = nameOf(party) ?? party;
  if (role === 'contact') return name;
  return role === 'accountManager' ? `${name}, account manager` : (ROLES[key] ?? key);
}

const KINDS: Readonly<Record<MessageKind, string>> = {
  request: 'Request',
  authorisation: 'Authorisation asked for',
  letter: 'Letter',
  notice: 'Notice',
  contact: 'Word to a contact',
  withdrawal: 'Notice withdrawn',
  chase: 'Chase',
  reminder: 'Reminder',
  onTheDay: 'Reminder on the day',
  digest: 'Several reminders in one',
  dateMoved: 'Days have moved',
  allClear: 'All clear',
  escalation: 'Escalation',
  mismatch: 'Another day than the plan’s',
  callTask: 'Please ring',
  undeliverable: 'An address does not work',
  cancelled: 'Migration cancelled',
  countsNotFalling: 'Counts do not fall',
  help: 'Somebody asks for help',
};

export const messageWords = (kind: MessageKind): string => KINDS[kind];

const TYPES: Readonly<Record<string, string>> = {
  'contact.amended': 'Another contact',
  'counts.reported': 'Counts reported',
  'help.asked': 'Help asked for',
  'item.added': 'Added',
  'links.revoked': 'Links called in',
  'mail.deferred': 'Mail put off',
  'mail.returned': 'Mail works again',
  'message.sent': 'Message sent',
  'message.undeliverable': 'Message refused',
  'message.bounced': 'Message came back',
  'migration.cancelled': 'Cancelled',
  'migration.ended': 'Ended',
  'migration.held': 'Put on hold',
  'migration.redated': 'Days moved',
  'migration.resumed': 'Goes on',
  'migration.started': 'Started',
  'milestone.done': 'Done',
  'milestone.reopened': 'Opened again',
  'milestone.slipped': 'Late',
  'milestone.waived': 'Not needed',
  'milestones.followed': 'Days followed',
  'order.amended': 'Order amended',
  'phase.entered': 'Phase entered',
  'rules.adopted': 'Rules or bank holidays adopted',
  'slip.acknowledged': 'Taken on',
  'supplier.event': 'Word from a supplier',
};

export const auditWords = (type: string): string => TYPES[type] ?? type;

const plain = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `lateWorkingDays: 1` as `late working days 1`. */
export function detailWords([name, value]: [string, unknown]): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words} ${withShortDays(plain(value))}`;
}
