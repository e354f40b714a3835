/** From rungs that are due to mails: formal ones each on their own, reminders and escalations together, one to a person. */
import type { Day } from '../calendar/day.js';
import { toldOf } from '../calendarEntries/ofItem.js';
import type { Party } from '../order/schema.js';
import { behaves } from '../plan/behaviour.js';
import { addresseeOf, deputyOf, isByHandOn, partyOf } from './contacts.js';
import { describeMigration, describeMilestone } from './describe.js';
import type { DueRung } from './due.js';
import { contentKey } from './messageKey.js';
import type { Addressee, MessageItem, MessageKind, OutboundMessage, RungKey } from './messages.js';
import { hasPage, linkGenerationOf } from './page.js';
import { addresseeOfPart, companyOf, copiesOf, kindOf, type Company } from './routing.js';
import type { MigrationState, PendingNotice } from './state.js';

interface Part extends Company {
  kind: MessageKind;
  to: Addressee;
  cc: Addressee[];
  webhook?: { webhookUrl: string; partyId: string } | undefined;
  item: MessageItem;
  settles: RungKey;
}

function webhookOf(party: Party | undefined): Part['webhook'] {
  if (party?.channel !== 'webhook' || party.address === undefined) return undefined;
  return { webhookUrl: party.address, partyId: party.id };
}

function partOf(state: MigrationState, due: DueRung, today: Day): Part {
  const { milestone, rung } = due;
  const kind = kindOf(state, due, today);
  const party = partyOf(state.directory, milestone);
  return {
    kind,
    to: addresseeOfPart(state, due, kind, today),
    cc: copiesOf(state, due, kind, today),
    ...companyOf(state, due, kind),
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
  const planned = state.plan.milestones.find((each) => each.id === notice.milestoneId);
  if (planned === undefined) return [];
  const { partyId } = notice;
  const milestone = partyId === undefined ? planned : { ...planned, partyId, holder: 'csu' };
  const party = partyOf(state.directory, milestone);
  const byHand = notice.audience === 'party' && isByHandOn(state, milestone, today);
  const audience = byHand ? 'csuOperator' : pendingAudience[notice.audience];
  return [
    {
      kind: notice.kind,
      to: addresseeOf(state.directory, audience, party, today),
      // Whoever had a copy of the escalation hears that it is over, too.
      cc: notice.kind === 'allClear' ? [deputyOf(state.directory, audience, party, today) ?? []].flat() : [],
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
    const key = part.alone ? `alone/${index}` : [part.kind, part.to.key, part.partyId].join('/');
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
function shownKind(
  { plan }: MigrationState,
  kind: MessageKind,
  items: readonly MessageItem[],
  today: Day,
): MessageKind {
  if (kind !== 'digest' || !behaves(plan, 'reminderKinds')) return kind;
  if (items.every(({ dueOn }) => dueOn === today)) return 'onTheDay';
  return items.length === 1 ? 'reminder' : 'digest';
}

/** Several rungs of one thing that come at once, as after an outage, are told once; what has happened is never left out. */
function toldOnce(items: readonly MessageItem[]): MessageItem[] {
  const isSaidLater = ({ milestoneId, news, movedFrom }: MessageItem, index: number): boolean =>
    news === undefined &&
    movedFrom === undefined &&
    items.slice(index + 1).some((later) => later.milestoneId === milestoneId);
  return items.filter((item, index) => !isSaidLater(item, index));
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
  const items = toldOnce(parts.map((part) => part.item));
  const cc = new Map(parts.flatMap((part) => part.cc).map((addressee) => [addressee.key, addressee]));
  return [
    {
      key: contentKey(first.kind, first.to.key, settles),
      kind: shownKind(state, first.kind, items, today),
      channel: first.webhook === undefined ? 'email' : 'webhook',
      ...first.webhook,
      to: first.to,
      cc: [...cc.values()],
      ...linkOf(state, first),
      about: describeMigration(state),
      items,
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
