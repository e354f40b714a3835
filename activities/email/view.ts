/** What a message template may say: everything of the message, in words that are ready to be read. */
import type { PageLink } from '../../config/pageLinks.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import type { MessageAbout, MessageItem, MessageKind, OutboundMessage } from '../../rules/migration/messages.js';
import { anchors, anchorWords } from './anchorWords.js';
import { isOfTheCsu } from './audience.js';
import { itemView, type ItemView } from './itemView.js';
import { isNear } from './nearDay.js';

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
  about: MessageAbout & {
    initialDay: string;
    cutOver: string;
    /** The cut-over is today or tomorrow, and `cutOver` says so. */
    isCutOverNear: boolean;
    goLiveDay: string;
    days: [string, string][];
  };
  /** The item due first, of those that the reader holds where there are any: what subject and first line are about. */
  item: ItemView;
  items: ItemView[];
  /** How many of them the reader has to do, or to ask somebody for. */
  toDo: number;
  /** The reader works at the CSU, and so has the command line and the guide. */
  isCsu: boolean;
  /** Lines of the guide, for a reader who has it; empty for others. */
  sources: string[];
  sentOn: Day;
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
  const views = [...items].sort(byDueDay).map((item) => itemView(message, item));
  // What the reader has to do comes before what they only hear of.
  views.sort((a, b) => Number(b.isYours) - Number(a.isYours));
  const toDo = views.filter(({ isYours, reach }) => isYours || reach.how !== '');
  const [item] = views;
  if (item === undefined) throw new RangeError(`A ${kind} message of migration ${about.migrationId} is about nothing.`);
  return {
    kind,
    insteadOf: insteadWords(message.to),
    page: link === undefined ? null : pageView(message, link),
    about: {
      ...about,
      initialDay: anchorWords(about, 'initialDataProduction', sentOn),
      cutOver: anchorWords(about, 'finalDataProduction', sentOn),
      isCutOverNear: about.finalDataProduction !== undefined && isNear(about.finalDataProduction, sentOn),
      goLiveDay: anchorWords(about, 'goLive', sentOn),
      days: anchors.map(([name, title]): [string, string] => [title, anchorWords(about, name, sentOn)]),
    },
    item,
    items: views,
    toDo: toDo.length,
    isCsu: isOfTheCsu(message.to.role),
    sources: isOfTheCsu(message.to.role) ? [...new Set(items.map((each) => each.source))] : [],
    sentOn,
  };
}
