/** What a rung that is due becomes: which kind of message, to whom, and together with what. */
import type { Day } from '../calendar/day.js';
import { behaves } from '../plan/behaviour.js';
import { asksTheParty, isTimeToRing } from './chases.js';
import { addresseeOf, deputyOf, isByHandOn, partyOf } from './contacts.js';
import type { DueRung } from './due.js';
import type { Addressee, MessageKind } from './messages.js';
import type { MigrationState } from './state.js';

/** What a deliver rung sends: by the milestone, and by how its party is told things. */
function deliveryKind(state: MigrationState, { milestone }: DueRung, today: Day): MessageKind {
  if (milestone.id === 'authorise-extracts') return 'authorisation';
  if (milestone.hop?.name === 'asked' && state.directory.extractRequestSentBy === 'practice') return 'letter';
  if (isByHandOn(state, milestone, today)) return 'callTask';
  if (milestone.hop !== undefined || milestone.kind === 'request') return 'request';
  return milestone.kind === 'contact' ? 'contact' : 'notice';
}

/** One more mail to the party, or word to the operator that it is late: somebody rings instead. */
const isNextToRing = ({ plan }: MigrationState, { rung }: DueRung): boolean =>
  asksTheParty(rung) || (behaves(plan, 'ringsWhereLate') && rung.type === 'escalation' && rung.to === 'csuOperator');

/** The kind of mail that a rung becomes. A chase of somebody without mail is a line in the digest of who has to ring. */
export function kindOf(state: MigrationState, due: DueRung, today: Day): MessageKind {
  const { type, to } = due.rung;
  if (type === 'deliver') return deliveryKind(state, due, today);
  if (isNextToRing(state, due) && isTimeToRing(state, due.milestone)) return 'callTask';
  if (type === 'escalation') return 'escalation';
  const outside = to === 'partyContact' || to === 'partyAccountManager';
  return type === 'chase' && outside && !isByHand(state, due, today) ? 'chase' : 'digest';
}

/** Told to the party's contact by somebody at the CSU. An account manager is always written to. */
function isByHand(state: MigrationState, { rung, milestone }: DueRung, today: Day): boolean {
  return rung.to === 'partyContact' && isByHandOn(state, milestone, today);
}

/** A letter is for the practice to send, a call task for the CSU; everything else goes where the rung says. */
export function addresseeOfPart(state: MigrationState, due: DueRung, kind: MessageKind, today: Day): Addressee {
  const party = partyOf(state.directory, due.milestone);
  if (kind === 'letter') return addresseeOf(state.directory, 'practiceManager', undefined, today);
  if (kind === 'callTask') return addresseeOf(state.directory, 'csuOperator', undefined, today);
  if (isByHand(state, due, today)) return addresseeOf(state.directory, 'csuOperator', undefined, today);
  return addresseeOf(state.directory, due.rung.to, party, today);
}

/** Copies: the deputy of an escalation; the CSU of a letter that the practice sends. */
export function copiesOf(state: MigrationState, due: DueRung, kind: MessageKind, today: Day): Addressee[] {
  if (kind === 'letter') return [addresseeOf(state.directory, 'csuOperator', undefined, today)];
  if (due.rung.type !== 'escalation' || (kind !== 'escalation' && kind !== 'callTask')) return [];
  return [deputyOf(state.directory, due.rung.to, partyOf(state.directory, due.milestone), today) ?? []].flat();
}

export interface Company {
  /** A formal message is never put together with another. */
  alone: boolean;
  /** Where only what is about one party goes together: its id. */
  partyId?: string | undefined;
}

/** What else it may be put together with: calls of one morning to one party are one task. */
export function companyOf(
  { plan, directory }: MigrationState,
  { milestone, rung }: DueRung,
  kind: MessageKind,
): Company {
  if (rung.type === 'deliver') return { alone: true };
  if (kind !== 'callTask') return { alone: false };
  return behaves(plan, 'callsTogether')
    ? { alone: false, partyId: partyOf(directory, milestone)?.id }
    : { alone: true };
}
