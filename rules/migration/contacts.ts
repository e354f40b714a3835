/** Who a role is, where mail for it goes, and how a contact is replaced. */
import type { Contact, Party } from '../order/schema.js';
import { needsPerson } from '../plan/audience.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { Audience } from '../ruleset/ladderSchema.js';
import type { Addressee } from './messages.js';
import type { Directory } from './state.js';

const practiceRoles = ['practiceManager', 'csuOperator', 'csuManager', 'leadClinician'] as const;

/** Every target that a contact amendment can name: `practiceManager`, `docman.contact`, `docman.accountManager`. */
export function contactKeys(directory: Directory): string[] {
  return [
    ...practiceRoles,
    ...directory.parties.flatMap((party) => [`${party.id}.contact`, `${party.id}.accountManager`]),
  ];
}

/** The address of a contact, or of the deputy where the contact has none. */
function reachable(contact: Contact | undefined): { name: string; email: string } | undefined {
  for (const person of [contact, contact?.deputy]) {
    if (person?.email !== undefined) return { name: person.name, email: person.email };
  }
  return undefined;
}

/** The party that a milestone's mail goes to: its holder, where that is a party, else the one that it is for. */
export function partyOf({ parties }: Directory, { holder, partyId }: PlannedMilestone): Party | undefined {
  return parties.find((party) => party.id === holder) ?? parties.find((party) => party.id === partyId);
}

/** By portal, phone or post; or by mail, but nobody there has an address: somebody at the CSU tells the party. */
export function isToldByHand(party: Party | undefined): boolean {
  return needsPerson(party) || (party?.channel === 'email' && reachable(party.contact) === undefined);
}

function contactFor(directory: Directory, audience: Audience, party: Party | undefined): [string, Contact | undefined] {
  if (audience === 'partyContact') return [`${party?.id}.contact`, party?.contact];
  if (audience === 'partyAccountManager') return [`${party?.id}.accountManager`, party?.accountManager];
  return [audience, directory.contacts[audience]];
}

/**
 * Who a rung goes to. A role that nobody can be reached in goes to the CSU's operator, never to silence.
 *
 * @param party the party that the milestone is for, where the rung is for one of its people
 */
export function addresseeOf(directory: Directory, audience: Audience, party: Party | undefined): Addressee {
  const [key, contact] = contactFor(directory, audience, party);
  const person = reachable(contact);
  if (person !== undefined) return { key, role: audience, ...person };
  const operator = reachable(directory.contacts.csuOperator) ?? {
    name: directory.csu.name,
    email: directory.csu.mailbox,
  };
  return { key: 'csuOperator', role: 'csuOperator', ...operator };
}

/** The deputy of a role, for a copy of what must not be missed. */
export function deputyOf(directory: Directory, audience: Audience, party: Party | undefined): Addressee | undefined {
  const [key, contact] = contactFor(directory, audience, party);
  const { deputy } = contact ?? {};
  if (contact?.email === undefined || deputy?.email === undefined) return undefined;
  return { key: `${key}.deputy`, role: audience, name: deputy.name, email: deputy.email };
}

/** Replaces one contact. @param target one of `contactKeys` */
export function withContact(directory: Directory, target: string, contact: Contact): Directory {
  const [partyId, field] = target.split('.');
  if (field === undefined) return { ...directory, contacts: { ...directory.contacts, [target]: contact } };
  const parties = directory.parties.map((party) => (party.id === partyId ? { ...party, [field]: contact } : party));
  return { ...directory, parties };
}
