/** What a message template may say: everything of the message, in words that are ready to be read. */
import type { PageLink } from '../../config/pageLinks.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import { trendText } from '../../rules/migration/counts.js';
import type { MessageAbout, MessageItem, MessageKind, OutboundMessage } from '../../rules/migration/messages.js';

type Reach = NonNullable<MessageItem['reach']>;

const NOT_SET = 'not set yet';

const anchors = [
  ['initialDataProduction', 'Initial data production day'],
  ['finalDataProduction', 'Final data production day (start of cut-over)'],
  ['goLive', 'Go Live'],
] as const;
type ShownAnchor = (typeof anchors)[number][0];

const ways: Record<Reach['channel'], string> = {
  portal: 'through its portal',
  phone: 'by telephone',
  post: 'by post',
  email: 'by email',
};

export interface ItemView {
  milestoneId: string;
  title: string;
  action: string;
  holderName: string;
  /** Title of what must be done first; empty when nothing. */
  waitsFor: string;
  partyName: string;
  /** `Thursday 3 December 2026 (provisional)`, or the days of a period; empty without a day. */
  due: string;
  /** `by Thursday 3 December 2026`, `until Thursday 28 January 2027`, or `as soon as you can`. */
  by: string;
  isPeriod: boolean;
  /** `3 working days`; empty when not late. */
  late: string;
  effect: string;
  earliest: string;
  /** The day that a form or booking names. */
  stated: string;
  /** The days on which the party was written to without an answer; empty where it need not be rung for that. */
  chased: string[];
  /** The day that it had before; empty where it had none. */
  movedFrom: string;
  /** The day on which a formal message should have gone out; empty where it is in time. */
  shouldHaveGone: string;
  /** `Initial` or `Final`, for a hop of an extract handshake; else empty. */
  extractName: string;
  /** The anchor that the item is for: an extract's data production day, else the start of cut-over. */
  anchorTitle: string;
  anchorDay: string;
  /** What has happened, one sentence; empty when the item says it all. */
  news: string;
  /** The known data issues of this pair of suppliers. */
  advice: string[];
  /** `Inbox 40, was 55 a week ago`. */
  counts: string[];
  reach: { how: string; address: string; phone: string; contactName: string };
}

/** The link to the reader's page. */
export interface PageView {
  url: string;
  /** `Thursday 21 January 2027` */
  until: string;
  /** The practice's, or a supplier's or third party's. */
  isPractice: boolean;
}

export interface MessageView {
  kind: MessageKind;
  /** Null where the mail has none. */
  page: PageView | null;
  /** For somebody who stands in: `Priya Nayar, who is away until Friday 8 January 2027`; empty otherwise. */
  insteadOf: string;
  about: MessageAbout & { initialDay: string; cutOver: string; goLiveDay: string; days: [string, string][] };
  /** The item due first: the one that subject and first line are about. */
  item: ItemView;
  items: ItemView[];
  sources: string[];
  sentOn: Day;
}

function dayWords(on: Day | undefined, provisional: boolean, without: string): string {
  if (on === undefined) return without;
  return provisional ? `${formatDay(on)} (provisional)` : formatDay(on);
}

const anchorWords = (about: MessageAbout, name: ShownAnchor): string =>
  dayWords(about[name], about.provisional.includes(name), NOT_SET);

const plural = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

function reachView(reach: MessageItem['reach']): ItemView['reach'] {
  return {
    how: reach === undefined ? '' : ways[reach.channel],
    address: reach?.address ?? '',
    phone: reach?.phone ?? '',
    contactName: reach?.contactName ?? '',
  };
}

/** Ids of handshake hops name their extract: `extract.initial.emis.core.1.asked`. */
function extractView(about: MessageAbout, milestoneId: string) {
  if (milestoneId.startsWith('extract.initial.'))
    return {
      extractName: 'Initial',
      anchorTitle: 'Initial data production day',
      anchorDay: anchorWords(about, 'initialDataProduction'),
    };
  return {
    extractName: milestoneId.startsWith('extract.final.') ? 'Final' : '',
    anchorTitle: 'Final data production day',
    anchorDay: anchorWords(about, 'finalDataProduction'),
  };
}

/** When it is to be done: by a day, or for as long as a period lasts. */
function whenWords({ dueOn, periodFrom, provisional }: MessageItem, sentOn: Day): { due: string; by: string } {
  const due = dayWords(dueOn, provisional, '');
  if (due === '') return { due, by: 'as soon as you can' };
  if (periodFrom === undefined) return { due, by: `by ${due}` };
  const last = periodFrom === dueOn ? `on ${due}` : `from ${formatDay(periodFrom)} to ${due}`;
  return { due: last, by: periodFrom <= sentOn ? `until ${due}` : last };
}

function itemView(about: MessageAbout, item: MessageItem, sentOn: Day): ItemView {
  const { due, by } = whenWords(item, sentOn);
  return {
    milestoneId: item.milestoneId,
    title: item.title,
    action: item.action,
    holderName: item.holderName,
    waitsFor: item.waitsFor ?? '',
    partyName: item.partyName ?? item.holderName,
    due,
    by,
    isPeriod: item.periodFrom !== undefined,
    late: item.lateWorkingDays === undefined ? '' : plural(item.lateWorkingDays, 'working day'),
    news: item.news ?? '',
    chased: (item.chasedOn ?? []).map(formatDay),
    movedFrom: dayWords(item.movedFrom, false, ''),
    shouldHaveGone: dayWords(item.shouldHaveGoneOn, false, ''),
    advice: item.advice ?? [],
    counts: (item.counts ?? []).map((trend) => trendText(trend, sentOn)),
    effect: item.effect ?? '',
    earliest: dayWords(item.earliestAnchorDay, false, ''),
    stated: dayWords(item.statedDate, false, ''),
    ...extractView(about, item.milestoneId),
    reach: reachView(item.reach),
  };
}

const LAST = '9999-12-31';

const byDueDay = (a: MessageItem, b: MessageItem): number => {
  const [first, second] = [a.dueOn ?? LAST, b.dueOn ?? LAST];
  return first === second ? 0 : first < second ? -1 : 1;
};

export const pageView = ({ to }: Pick<OutboundMessage, 'to'>, { url, until }: PageLink): PageView => ({
  url,
  until: formatDay(until),
  isPractice: to.key === 'practiceManager',
});

const insteadWords = ({ insteadOf }: OutboundMessage['to']): string =>
  insteadOf === undefined ? '' : `${insteadOf.name}, who is away until ${formatDay(insteadOf.until)}`;

/** The view of a message, its items in the order of their due days. @throws RangeError for a message about nothing */
export function messageView(message: OutboundMessage, link?: PageLink): MessageView {
  const { kind, about, items, sentOn } = message;
  const views = [...items].sort(byDueDay).map((item) => itemView(about, item, sentOn));
  const [item] = views;
  if (item === undefined) throw new RangeError(`A ${kind} message of migration ${about.migrationId} is about nothing.`);
  return {
    kind,
    insteadOf: insteadWords(message.to),
    page: link === undefined ? null : pageView(message, link),
    about: {
      ...about,
      initialDay: anchorWords(about, 'initialDataProduction'),
      cutOver: anchorWords(about, 'finalDataProduction'),
      goLiveDay: anchorWords(about, 'goLive'),
      days: anchors.map(([name, title]): [string, string] => [title, anchorWords(about, name)]),
    },
    item,
    items: views,
    sources: [...new Set(items.map((each) => each.source))],
    sentOn,
  };
}
