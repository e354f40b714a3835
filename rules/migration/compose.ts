/** From rungs that are due to mails: formal ones each on their own, reminders and escalations together, one to a person. */
import type { Day } from '../calendar/day.js';
import { toldOf } from '../calendarEntries/ofItem.js';
import type { Party } from '../order/schema.js';
import { behaves } from '../plan/behaviour.js';
import { asksTheParty, isTimeToRing } from './chases.js';
import { addresseeOf, deputyOf, isToldByHand, partyOf } from './contacts.js';
import { describeMigration, describeMilestone } from './describe.js';
import type { DueRung } from './due.js';
import { contentKey } from './messageKey.js';
import type { Addressee, MessageItem, MessageKind, OutboundMessage, RungKey } from './messages.js';
import { hasPage, linkGenerationOf } from './page.js';
import type { MigrationState, PendingNotice } from './state.js';

interface Part {
  kind: MessageKind;
  to: Addressee;
  cc: Addressee[];
  /** A formal message is never put together with another. */
  alone: boolean;
  webhook?: { webhookUrl: string; partyId: string } | undefined;
  item: MessageItem;
  settles: RungKey;
}

/** What a deliver rung sends: by the milestone, and by how its party is told things. */
function deliveryKind(state: MigrationState, { milestone }: DueRung): MessageKind {
  if (milestone.id === 'authorise-extracts') return 'authorisation';
  if (milestone.hop?.name === 'asked' && state.directory.extractRequestSentBy === 'practice') return 'letter';
  if (isToldByHand(partyOf(state.directory, milestone))) return 'callTask';
  if (milestone.hop !== undefined || milestone.kind === 'request') return 'request';
  return milestone.kind === 'contact' ? 'contact' : 'notice';
}

/** The kind of mail that a rung becomes. A chase of somebody without mail is a line in the digest of who has to ring. */
function kindOf(state: MigrationState, due: DueRung): MessageKind {
  const { type, to } = due.rung;
  if (type === 'deliver') return deliveryKind(state, due);
  if (asksTheParty(due.rung) && isTimeToRing(state, due.milestone)) return 'callTask';
  if (type === 'escalation') return 'escalation';
  const outside = to === 'partyContact' || to === 'partyAccountManager';
  return type === 'chase' && outside && !isByHand(state, due) ? 'chase' : 'digest';
}

/** Told to the party's contact by somebody at the CSU. An account manager is always written to. */
function isByHand(state: MigrationState, { rung, milestone }: DueRung): boolean {
  return rung.to === 'partyContact' && isToldByHand(partyOf(state.directory, milestone));
}

/** A letter is for the practice to send, a call task for the CSU; everything else goes where the rung says. */
function addresseeOfPart(state: MigrationState, due: DueRung, kind: MessageKind, today: Day): Addressee {
  const party = partyOf(state.directory, due.milestone);
  if (kind === 'letter') return addresseeOf(state.directory, 'practiceManager', undefined, today);
  if (kind === 'callTask') return addresseeOf(state.directory, 'csuOperator', undefined, today);
  if (isByHand(state, due)) return addresseeOf(state.directory, 'csuOperator', undefined, today);
  return addresseeOf(state.directory, due.rung.to, party, today);
}

/** Copies: the deputy of an escalation; the CSU of a letter that the practice sends. */
function copiesOf(state: MigrationState, due: DueRung, kind: MessageKind, today: Day): Addressee[] {
  if (kind === 'letter') return [addresseeOf(state.directory, 'csuOperator', undefined, today)];
  if (kind !== 'escalation') return [];
  return [deputyOf(state.directory, due.rung.to, partyOf(state.directory, due.milestone), today) ?? []].flat();
}

function webhookOf(party: Party | undefined): Part['webhook'] {
  if (party?.channel !== 'webhook' || party.address === undefined) return undefined;
  return { webhookUrl: party.address, partyId: party.id };
}

function partOf(state: MigrationState, due: DueRung, today: Day): Part {
  const { milestone, rung } = due;
  const kind = kindOf(state, due);
  const party = partyOf(state.directory, milestone);
  return {
    kind,
    to: addresseeOfPart(state, due, kind, today),
    cc: copiesOf(state, due, kind, today),
    alone: rung.type === 'deliver' || kind === 'callTask',
    webhook: rung.type === 'deliver' && kind !== 'letter' ? webhookOf(party) : undefined,
    item: describeMilestone(state, milestone, rung.id, today),
    settles: { milestoneId: milestone.id, rungId: rung.id, dateVersion: state.plan.dateVersion },
  };
}

const pendingAudience = {
  practice: 'practiceManager',
  operator: 'csuOperator',
  manager: 'csuManager',
  party: 'partyContact',
  accountManager: 'partyAccountManager',
} as const;

/** All of one of these kinds to one person is one mail. */
const together: readonly MessageKind[] = ['digest', 'escalation', 'dateMoved', 'allClear'];

/** Something that an event set off. */
function partOfPending(state: MigrationState, notice: PendingNotice, today: Day): Part[] {
  const milestone = state.plan.milestones.find((each) => each.id === notice.milestoneId);
  if (milestone === undefined) return [];
  const party = partyOf(state.directory, milestone);
  const byHand = notice.audience === 'party' && isToldByHand(party);
  const audience = byHand ? 'csuOperator' : pendingAudience[notice.audience];
  return [
    {
      kind: notice.kind,
      to: addresseeOf(state.directory, audience, party, today),
      cc: [],
      alone: !together.includes(notice.kind),
      webhook: notice.audience === 'party' ? webhookOf(party) : undefined,
      item: { ...describeMilestone(state, milestone, notice.rungId, today), ...toldWith(notice) },
      settles: { milestoneId: milestone.id, rungId: notice.rungId, dateVersion: state.plan.dateVersion },
    },
  ];
}

/** What a notice says beside its milestone, as it was when it happened. */
function toldWith({ counts, news, movedFrom }: PendingNotice): Pick<MessageItem, 'counts' | 'news' | 'movedFrom'> {
  return { ...(counts && { counts }), ...(news !== undefined && { news }), ...(movedFrom && { movedFrom }) };
}

function grouped(parts: Part[]): Part[][] {
  const groups = new Map<string, Part[]>();
  for (const [index, part] of parts.entries()) {
    const key = part.alone ? `alone/${index}` : `${part.kind}/${part.to.key}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return [...groups.values()];
}

/** A mail links to its reader's page; a webhook has no reader. */
function linkOf(state: MigrationState, { to, webhook }: Part): Pick<OutboundMessage, 'linkGeneration'> {
  if (webhook !== undefined || !hasPage(state, to.key)) return {};
  return { linkGeneration: linkGenerationOf(state, to.key) };
}

/** A digest of one thing is a reminder; of nothing but what is due today, word of the day. Its key stays that of a digest. */
function shownKind({ plan }: MigrationState, kind: MessageKind, parts: readonly Part[], today: Day): MessageKind {
  if (kind !== 'digest' || !behaves(plan, 'reminderKinds')) return kind;
  if (parts.every(({ item }) => item.dueOn === today)) return 'onTheDay';
  return parts.length === 1 ? 'reminder' : 'digest';
}

/** Word that the migration is off brings along everything that its reader was told of, for their calendar. */
function takenBack(state: MigrationState, { kind, to }: Part, today: Day): Pick<OutboundMessage, 'takesBack'> {
  if (kind !== 'cancelled') return {};
  const told = toldOf(state, to.role, today);
  return { takesBack: told.map((milestone) => describeMilestone(state, milestone, '', today)) };
}

function messageOf(state: MigrationState, parts: Part[], today: Day): OutboundMessage[] {
  const [first] = parts;
  if (first === undefined) return [];
  const settles = parts.map((part) => part.settles);
  const cc = new Map(parts.flatMap((part) => part.cc).map((addressee) => [addressee.key, addressee]));
  return [
    {
      key: contentKey(first.kind, first.to.key, settles),
      kind: shownKind(state, first.kind, parts, today),
      channel: first.webhook === undefined ? 'email' : 'webhook',
      ...first.webhook,
      to: first.to,
      cc: [...cc.values()],
      ...linkOf(state, first),
      about: describeMigration(state),
      items: parts.map((part) => part.item),
      ...takenBack(state, first, today),
      settles,
      sentOn: today,
    },
  ];
}

/** The mails of one wake, in the order of the plan. */
export function composeMessages(
  state: MigrationState,
  due: readonly DueRung[],
  pending: readonly PendingNotice[],
  today: Day,
): OutboundMessage[] {
  const parts = [
    ...due.map((each) => partOf(state, each, today)),
    ...pending.flatMap((notice) => partOfPending(state, notice, today)),
  ];
  return grouped(parts).flatMap((group) => messageOf(state, group, today));
}
