/** Who a role is, where mail for it goes, and how a contact is replaced. */
import type { Day } from '../calendar/day.js';
import type { Contact, Party } from '../order/schema.js';
import { needsPerson } from '../plan/audience.js';
import { behaves } from '../plan/behaviour.js';
import type { PlannedMilestone } from '../plan/types.js';
import type { Audience } from '../ruleset/ladderSchema.js';
import type { Addressee } from './messages.js';
import type { Directory, MigrationState } from './state.js';

const practiceRoles = ['practiceManager', 'csuOperator', 'csuManager', 'leadClinician'] as const;

/** Every target that a contact amendment can name: `practiceManager`, `docman.contact`, `docman.accountManager`. */
export function contactKeys(directory: Directory): string[] {
  return [
    ...practiceRoles,
    ...directory.parties.flatMap((party) => [`${party.id}.contact`, `${party.id}.accountManager`]),
  ];
}

interface Reached {
  name: string;
  email: string;
  /** Whom they stand in for, and until when. */
  insteadOf?: NonNullable<Addressee['insteadOf']>;
}

/** The last day of the time away that a day lies in; undefined when they are there. */
export const awayUntil = ({ away = [] }: Contact, on: Day): Day | undefined =>
  away.find(({ from, to }) => from <= on && on <= to)?.to;

/** The address of a contact, or of the deputy where the contact has none or is away. */
function reachable(contact: Contact | undefined, on: Day): Reached | undefined {
  if (contact === undefined) return undefined;
  const { name, email, deputy } = contact;
  const until = awayUntil(contact, on);
  if (email !== undefined && until === undefined) return { name, email };
  if (deputy?.email === undefined) return undefined;
  return { name: deputy.name, email: deputy.email, ...(until !== undefined && { insteadOf: { name, until } }) };
}

/** The party that a milestone's mail goes to: its holder, where that is a party, else the one that it is for. */
export function partyOf(
  { parties, formerParties }: Directory,
  { holder, partyId }: PlannedMilestone,
): Party | undefined {
  const known = formerParties === undefined ? parties : [...parties, ...formerParties];
  return known.find((party) => party.id === holder) ?? known.find((party) => party.id === partyId);
}

/**
 * By portal, phone or post; or by mail, but nobody there has an address, or who has is away: somebody at the CSU tells the party.
 *
 * @param on the day of telling; without it nobody is taken to be away
 */
export function isToldByHand(party: Party | undefined, on?: Day): boolean {
  if (needsPerson(party)) return true;
  return party?.channel === 'email' && (!hasAddress(party.contact) || isUnattended(party.contact, on));
}

/** The same for what a milestone sends to its party on a day. */
export function isByHandOn({ directory, plan }: MigrationState, milestone: PlannedMilestone, on: Day): boolean {
  return isToldByHand(partyOf(directory, milestone), behaves(plan, 'tellsAbsentByHand') ? on : undefined);
}

const hasAddress = (contact: Contact | undefined): boolean =>
  contact?.email !== undefined || contact?.deputy?.email !== undefined;

const isUnattended = (contact: Contact | undefined, on: Day | undefined): boolean =>
  contact !== undefined && on !== undefined && reachable(contact, on) === undefined;

function contactFor(directory: Directory, audience: Audience, party: Party | undefined): [string, Contact | undefined] {
  if (audience === 'partyContact') return [`${party?.id}.contact`, party?.contact];
  if (audience === 'partyAccountManager') return [`${party?.id}.accountManager`, party?.accountManager];
  return [audience, directory.contacts[audience]];
}

/**
 * Who a rung goes to. Who is away is stood in for by the deputy; a role that nobody can be reached in goes to the CSU's operator,
 * then to its manager, then to its mailbox, never to silence.
 *
 * @param party the party that the milestone is for, where the rung is for one of its people
 * @param on the day of sending
 */
export function addresseeOf(directory: Directory, audience: Audience, party: Party | undefined, on: Day): Addressee {
  const [key, contact] = contactFor(directory, audience, party);
  const person = reachable(contact, on);
  return person === undefined ? standIn(directory, contact, on) : { key, role: audience, ...person };
}

function standIn({ contacts, csu }: Directory, contact: Contact | undefined, on: Day): Addressee {
  const until = contact && awayUntil(contact, on);
  const instead = contact !== undefined && until !== undefined && { insteadOf: { name: contact.name, until } };
  const found = (['csuOperator', 'csuManager'] as const).flatMap((role) => {
    const person = reachable(contacts[role], on);
    return person === undefined ? [] : [{ key: role, role, ...person, ...instead }];
  });
  return found[0] ?? { key: 'csuOperator', role: 'csuOperator', name: csu.name, email: csu.mailbox, ...instead };
}

/** The deputy of a role, for a copy of what must not be missed; undefined where the deputy is written to already. */
export function deputyOf(
  directory: Directory,
  audience: Audience,
  party: Party | undefined,
  on: Day,
): Addressee | undefined {
  const [key, contact] = contactFor(directory, audience, party);
  const { deputy } = contact ?? {};
  const isAlone = contact?.email === undefined || awayUntil(contact, on) !== undefined;
  if (isAlone || deputy?.email === undefined) return undefined;
  return { key: `${key}.deputy`, role: audience, name: deputy.name, email: deputy.email };
}

/** Replaces one contact. @param target one of `contactKeys` */
export function withContact(directory: Directory, target: string, contact: Contact): Directory {
  const [partyId, field] = target.split('.');
  if (field === undefined) return { ...directory, contacts: { ...directory.contacts, [target]: contact } };
  const parties = directory.parties.map((party) => (party.id === partyId ? { ...party, [field]: contact } : party));
  return { ...directory, parties };
}
