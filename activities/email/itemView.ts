/** One thing that a message is about, in words that are ready to be read. */
import { formatDay, type Day } from '../../rules/calendar/day.js';
import { describeLength } from '../../rules/calendar/wording.js';
import { trendText } from '../../rules/migration/counts.js';
import type { Addressee, MessageAbout, MessageItem, OutboundMessage } from '../../rules/migration/messages.js';
import { anchorWords } from './anchorWords.js';
import { isOfTheCsu } from './audience.js';
import { byWords, dayWords, nearDay } from './nearDay.js';

type Reach = NonNullable<MessageItem['reach']>;

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
  /** The same for whoever has to see to it: words that are meant for a party give way to the title. */
  task: string;
  holderName: string;
  /** Title of what must be done first; empty when nothing. */
  waitsFor: string;
  partyName: string;
  /** `Thursday 3 December 2026 (provisional)`, or the days of a period; empty without a day. */
  due: string;
  /** `by Thursday 3 December 2026`, `by tomorrow, …`, `today, …`, `until Thursday 28 January 2027`, or `as soon as you can`. */
  by: string;
  isPeriod: boolean;
  /** Its day is over. */
  isPast: boolean;
  /** The reader's own people hold it. */
  isYours: boolean;
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
  /** The day for which an earlier mail of this kind was sent, whose place this one takes; empty where none was. */
  replaces: string;
  /** The day of an anchor: nothing is done by it, it is. */
  isAnchor: boolean;
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
  /** `Fernhill Surgery (Z98003)`: practices on the same instance that a request is made for, too. */
  alsoFor: string[];
  reach: { how: string; address: string; phone: string; contactName: string };
}

/** `Pat Reed`, or `somebody who stands in for Pat Reed, away until Friday 8 January 2027`. */
const contactWords = (name: string, awayUntil: Day | undefined): string =>
  awayUntil === undefined ? name : `somebody who stands in for ${name}, away until ${formatDay(awayUntil)}`;

function reachView(reach: MessageItem['reach']): ItemView['reach'] {
  return {
    how: reach === undefined ? '' : ways[reach.channel],
    address: reach?.address ?? '',
    phone: reach?.phone ?? '',
    contactName: reach?.contactName === undefined ? '' : contactWords(reach.contactName, reach.awayUntil),
  };
}

/** Ids of handshake hops name their extract: `extract.initial.emis.core.1.asked`. */
function extractView(about: MessageAbout, milestoneId: string, sentOn: Day) {
  if (milestoneId.startsWith('extract.initial.'))
    return {
      extractName: 'Initial',
      anchorTitle: 'Initial data production day',
      anchorDay: anchorWords(about, 'initialDataProduction', sentOn),
    };
  return {
    extractName: milestoneId.startsWith('extract.final.') ? 'Final' : '',
    anchorTitle: 'Final data production day',
    anchorDay: anchorWords(about, 'finalDataProduction', sentOn),
  };
}

/** When it is to be done: by a day, or for as long as a period lasts. */
function whenWords({ dueOn, periodFrom, provisional }: MessageItem, sentOn: Day): { due: string; by: string } {
  if (dueOn === undefined) return { due: '', by: 'as soon as you can' };
  const due = dayWords(dueOn, sentOn, { provisional });
  if (periodFrom === undefined) return { due, by: byWords(dueOn, due, sentOn) };
  const on = dueOn === sentOn ? due : `on ${due}`;
  const last = periodFrom === dueOn ? on : `from ${nearDay(periodFrom, sentOn)} to ${due}`;
  return { due: last, by: periodFrom <= sentOn && dueOn !== sentOn ? `until ${due}` : last };
}

/** Whether the reader's own people hold it, so that a mail can say "do this" instead of "see that it is done". */
function isReaders({ role }: Addressee, { holderName, partyName }: MessageItem, about: MessageAbout): boolean {
  if (role === 'practiceManager') return holderName === about.practiceName;
  return isOfTheCsu(role) ? holderName === about.csu.name : holderName === partyName;
}

/** How a message tells one of its items. */
export function itemView({ about, to, sentOn }: OutboundMessage, item: MessageItem): ItemView {
  const { due, by } = whenWords(item, sentOn);
  return {
    milestoneId: item.milestoneId,
    title: item.title,
    action: item.action,
    task: item.actionIsForParty ? `${item.title}.` : item.action,
    holderName: item.holderName,
    waitsFor: item.waitsFor ?? '',
    partyName: item.partyName ?? item.holderName,
    due,
    by,
    isPeriod: item.periodFrom !== undefined,
    isPast: item.dueOn !== undefined && item.dueOn < sentOn,
    isYours: isReaders(to, item, about),
    late:
      item.lateWorkingDays === undefined ? '' : describeLength({ amount: item.lateWorkingDays, unit: 'workingDays' }),
    news: item.news ?? '',
    chased: (item.chasedOn ?? []).map(formatDay),
    movedFrom: dayWords(item.movedFrom, sentOn),
    replaces: dayWords(item.replaces, sentOn),
    isAnchor: item.milestoneId.startsWith('anchor.'),
    shouldHaveGone: dayWords(item.shouldHaveGoneOn, sentOn),
    advice: item.advice ?? [],
    counts: (item.counts ?? []).map((trend) => trendText(trend, sentOn)),
    effect: item.effect ?? '',
    earliest: dayWords(item.earliestAnchorDay, sentOn),
    stated: dayWords(item.statedDate, sentOn),
    alsoFor: (item.asksFor ?? []).map(({ name, odsCode }) => `${name} (${odsCode})`),
    ...extractView(about, item.milestoneId, sentOn),
    reach: reachView(item.reach),
  };
}
