/** Armed or fail: every rung of the plan has somebody to go to. */
import { emailOf } from '../order/checkChannels.js';
import { error } from '../order/problem.js';
import type { Order, Party } from '../order/schema.js';
import { needsPerson } from './audience.js';
import type { PlannedMilestone, Problem, Rung } from './types.js';

const partyAudiences = ['partyContact', 'partyAccountManager'] as const;

type PartyAudience = (typeof partyAudiences)[number];

interface Need {
  party: Party;
  to: PartyAudience;
  /** What it would be told: the title of the first milestone that needs it. */
  about: string;
}

/**
 * One error for each person at a party whom some rung writes to and who has no email address.
 *
 * A party reached by portal, phone or post needs no address for its contact, and one reached by webhook none for what is
 * posted to it: the first is a task for the CSU. Escalations to an account manager always go by mail.
 */
export function checkRecipients({ parties }: Order, milestones: readonly PlannedMilestone[]): Problem[] {
  const lacking: Need[] = [];
  const lackingSomebody = new Set(parties.filter((party) => partyAudiences.some((to) => !isReachable({ party, to }))));
  for (const milestone of milestones) {
    const party = partyOf(milestone, parties);
    if (party === undefined || !lackingSomebody.has(party)) continue;
    for (const need of needsOf(milestone, party)) if (!isReachable(need)) lacking.push(need);
  }
  return lacking
    .filter(({ party, to }, index) => lacking.findIndex((other) => other.party === party && other.to === to) === index)
    .map((need) => missing(need, parties.indexOf(need.party)));
}

/** The party that holds the milestone, else the one that it is for. */
function partyOf({ holder, partyId }: PlannedMilestone, parties: readonly Party[]): Party | undefined {
  if (partyId === undefined && (holder === 'practice' || holder === 'csu')) return undefined;
  return parties.find(({ id }) => id === holder) ?? parties.find(({ id }) => id === partyId);
}

function needsOf({ title, ladder }: PlannedMilestone, party: Party): Need[] {
  const needs: Need[] = [];
  for (const rung of ladder)
    if (isOutside(rung.to) && !isPosted(rung, party)) needs.push({ party, to: rung.to, about: title });
  return needs;
}

const isOutside = (to: Rung['to']): to is PartyAudience => to === 'partyContact' || to === 'partyAccountManager';

const isPosted = ({ type }: Rung, { channel }: Party): boolean => type === 'deliver' && channel === 'webhook';

function isReachable({ party, to }: Omit<Need, 'about'>): boolean {
  if (to === 'partyAccountManager') return emailOf(party.accountManager) !== undefined;
  // That a party told things by email has an address is checked with its channel.
  return needsPerson(party) || party.channel === 'email' || emailOf(party.contact) !== undefined;
}

function missing({ party, to, about }: Need, index: number): Problem {
  const field = to === 'partyContact' ? 'contact' : 'accountManager';
  const who = to === 'partyContact' ? 'contact' : 'account manager to escalate to';
  const path = party[field] === undefined ? ['parties', index] : ['parties', index, field];
  const message = `${party.name} has no ${who} with an email address, and "${about}" needs one; add ${field}.email`;
  return error('recipient-missing', path, message);
}
