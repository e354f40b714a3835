/** Who will read a rung, and whether that is the one whom its ladder means. */
import type { Contact } from '../order/schema.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import type { Audience } from '../ruleset/ladderSchema.js';
import { isToldByHand, partyOf } from './contacts.js';
import type { OutboundMessage } from './messages.js';
import type { Directory } from './state.js';

/**
 * meant: the person in the role. deputy: the role's deputy. webhook: the party's own system. other: somebody at the CSU, because
 * the role has no address. mailbox: the CSU's shared mailbox, because nobody there has one.
 */
export type ReachedBy = 'meant' | 'deputy' | 'webhook' | 'other' | 'mailbox';

export interface Reader {
  /** The contact that is meant, as `amend-contact` takes it: `csuManager`, `docman.contact`. */
  wanted: string;
  /** The contact that is written to. */
  key: string;
  /** As people call them. */
  name: string;
  by: ReachedBy;
}

interface Meant {
  milestone: PlannedMilestone;
  rung: Rung;
}

/** A letter is for the practice to send; what a person has to tell a party is the CSU operator's. */
function wantedRole(directory: Directory, { milestone, rung }: Meant, { kind }: OutboundMessage): Audience {
  if (kind === 'letter') return 'practiceManager';
  const byHand = rung.to === 'partyContact' && isToldByHand(partyOf(directory, milestone));
  return kind === 'callTask' || byHand ? 'csuOperator' : rung.to;
}

function contactKey(directory: Directory, role: Audience, milestone: PlannedMilestone): string {
  if (role !== 'partyContact' && role !== 'partyAccountManager') return role;
  const field = role === 'partyContact' ? 'contact' : 'accountManager';
  return `${partyOf(directory, milestone)?.id ?? milestone.holder}.${field}`;
}

function contactOf(directory: Directory, role: Audience, milestone: PlannedMilestone): Contact | undefined {
  const party = partyOf(directory, milestone);
  if (role === 'partyContact') return party?.contact;
  return role === 'partyAccountManager' ? party?.accountManager : directory.contacts[role];
}

/** @param message what the rung becomes */
export function readerOf(directory: Directory, meant: Meant, message: OutboundMessage): Reader {
  const { to, channel } = message;
  const role = wantedRole(directory, meant, message);
  const wanted = contactKey(directory, role, meant.milestone);
  const contact = contactOf(directory, role, meant.milestone);
  const reader = { wanted, key: to.key, name: to.name };
  if (channel === 'webhook') return { ...reader, by: 'webhook' };
  if (to.email === contact?.email) return { ...reader, by: 'meant' };
  if (to.email === contact?.deputy?.email) return { ...reader, by: 'deputy' };
  return { ...reader, by: to.email === directory.csu.mailbox ? 'mailbox' : 'other' };
}
