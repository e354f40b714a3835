import type { Contact, Order, Party } from '../../rules/order/schema.js';
import { kindTitles } from './kindTitles.js';

interface ContactRow {
  name: string;
  organisation: string;
  role: string;
  phone: string;
  email: string;
  channel: string;
  deputy: string;
}

interface ContactGroup {
  title: string;
  rows: ContactRow[];
}

/** What `contacts.njk` shows. */
export function contactGroups(order: Order): ContactGroup[] {
  const suppliers = order.parties.filter(({ roles }) => roles.some((role) => role !== 'thirdParty'));
  const thirdParties = order.parties.filter(({ roles }) => roles.every((role) => role === 'thirdParty'));
  return [
    { title: 'The practice', rows: practiceRows(order) },
    { title: 'The commissioning support unit', rows: csuRows(order) },
    { title: 'Suppliers', rows: suppliers.flatMap(partyRows) },
    { title: 'Third parties', rows: thirdParties.flatMap(partyRows) },
  ].filter(({ rows }) => rows.length > 0);
}

function practiceRows({ practice, contacts }: Order): ContactRow[] {
  const { practiceManager, leadClinician } = contacts;
  const mailed = { organisation: practice.name, channel: 'by email' };
  return [
    personRow(practiceManager, { ...mailed, role: 'Practice manager' }),
    ...(leadClinician ? [personRow(leadClinician, { ...mailed, role: 'Lead clinician', channel: '' })] : []),
  ];
}

function csuRows({ csu, icb, contacts }: Order): ContactRow[] {
  const mailed = { organisation: csu.name, channel: 'by email' };
  const region = icb.region === undefined ? '' : `, ${icb.region}`;
  return [
    personRow(contacts.csuOperator, { ...mailed, role: 'Operator' }),
    personRow(contacts.csuManager, { ...mailed, role: 'Manager' }),
    personRow(
      { name: csu.name, email: csu.mailbox, phone: csu.phone },
      { ...mailed, organisation: '', role: 'Shared mailbox' },
    ),
    noPerson(icb.name, { organisation: '', role: `Integrated care board${region}`, channel: '' }),
  ];
}

const roleTitles: Record<Party['roles'][number], string> = {
  sourceSupplier: 'Present supplier',
  targetSupplier: 'New supplier',
  dataSupplier: 'Supplies data',
  thirdParty: 'Third party',
};

function roleText({ roles, thirdPartyKind, products }: Party): string {
  const names = roles.map((role) =>
    role === 'thirdParty' && thirdPartyKind !== undefined
      ? `${roleTitles[role]}: ${kindTitles[thirdPartyKind]}`
      : roleTitles[role],
  );
  const supplied = (products ?? []).map(({ name }) => name);
  return [...names, ...(supplied.length === 0 ? [] : [supplied.join(', ')])].join('; ');
}

const channelTitles: Record<Party['channel'], string> = {
  email: 'by email',
  webhook: 'by webhook',
  portal: 'through its portal',
  phone: 'by phone',
  post: 'by post',
};

function partyRows(party: Party): ContactRow[] {
  const { name: organisation, channel, address, contact, accountManager } = party;
  const told = `${channelTitles[channel]}${address === undefined ? '' : `: ${address}`}`;
  const main = personRow(contact ?? { name: 'no contact known' }, {
    organisation,
    role: roleText(party),
    channel: told,
  });
  if (accountManager === undefined) return [main];
  return [main, personRow(accountManager, { organisation, role: 'Account manager', channel: '' })];
}

const UNKNOWN = 'not known';

const noPerson = (name: string, about: Pick<ContactRow, 'organisation' | 'role' | 'channel'>): ContactRow => ({
  ...personRow({ name }, about),
  phone: '',
});

function personRow(
  { name, phone = UNKNOWN, email = '', deputy }: Contact,
  about: Pick<ContactRow, 'organisation' | 'role' | 'channel'>,
): ContactRow {
  return { name, phone, email, ...about, deputy: deputy === undefined ? '' : deputyText(deputy) };
}

const deputyText = ({ name, phone, email }: NonNullable<Contact['deputy']>): string =>
  [name, phone, email].filter((part) => part !== undefined).join(', ');
