/** The calendar entries of what a mail is about. */
import type { MessageItem, MessageKind, OutboundMessage } from '../migration/messages.js';
import { domainOf, entryOf, type CalendarEntry, type EntriesOf } from './entry.js';

/** Mails about a day that their reader keeps. The others are for whoever has to ring, mend or decide something. */
const kinds: readonly MessageKind[] = [
  'request',
  'authorisation',
  'letter',
  'notice',
  'contact',
  'withdrawal',
  'chase',
  'reminder',
  'onTheDay',
  'digest',
  'dateMoved',
  'cancelled',
];

/** Of these only what is off goes along: a day that stands again comes with the mail that says so. */
const takingBack: readonly MessageKind[] = ['withdrawal', 'cancelled'];

/** What a party is asked for or told formally: it is about the days of the migration, and its own day is the sender's. */
const formal: readonly MessageKind[] = ['request', 'notice', 'contact', 'withdrawal'];

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

function itemEntry(of: EntriesOf, item: MessageItem, changedAtMs: number): CalendarEntry[] {
  const { milestoneId, title, action, dueOn, provisional, holderName, waitsFor, calendarSequence: sequence } = item;
  if (dueOn === undefined || sequence === undefined) return [];
  const from = item.calendarFrom ?? dueOn;
  const who = waitsFor === undefined ? `Who: ${holderName}` : `Waits for: ${waitsFor} (${holderName})`;
  return [
    entryOf(of, {
      milestoneId,
      title,
      provisional,
      sequence,
      changedAtMs,
      status: 'open',
      from,
      to: dueOn < from ? from : dueOn,
      isOff: item.calendarCancelled === true,
      lines: [action, who],
    }),
  ];
}

const anchors = [
  ['initialDataProduction', 'Initial data production day'],
  ['finalDataProduction', 'Final data production day, start of cut-over'],
  ['goLive', 'Go Live day'],
] as const;

/** The days of the migration: their SEQUENCE goes up with each version of the dates. */
function anchorEntries(of: EntriesOf, { about, sentOn }: OutboundMessage, isOff: boolean): CalendarEntry[] {
  return anchors.flatMap(([name, title]) => {
    const on = about[name];
    if (on === undefined) return [];
    return entryOf(of, {
      milestoneId: `anchor.${name}`,
      title,
      isOff,
      status: 'open',
      from: on,
      to: on,
      provisional: about.provisional.includes(name),
      sequence: about.dateVersion - 1 + (isOff ? 1 : 0),
      changedAtMs: startOf(sentOn),
      lines: [],
    });
  });
}

const lastOfEach = (entries: CalendarEntry[]): CalendarEntry[] => [
  ...new Map(entries.map((entry) => [entry.uid, entry])).values(),
];

const isFormal = ({ kind, to }: OutboundMessage): boolean => formal.includes(kind) && to.role === 'partyContact';

/**
 * The entries that go along with a message: one for each of its items that has a day, or for each day of the migration; none for
 * a kind that is not about one. Stamped with the day of the message, so that the same message has the same entries whenever
 * it is sent.
 */
export function messageEntries(message: OutboundMessage): CalendarEntry[] {
  const { kind, about, items, sentOn, takesBack = [] } = message;
  if (!kinds.includes(kind)) return [];
  const of = { migrationId: about.migrationId, practiceName: about.practiceName, domain: domainOf(about.csu.mailbox) };
  const meant = [...takesBack, ...items].filter((item) => item.calendarCancelled ?? !takingBack.includes(kind));
  if (isFormal(message)) {
    const isOff = meant.some(({ calendarCancelled }) => calendarCancelled);
    return meant.length === 0 ? [] : anchorEntries(of, message, isOff);
  }
  return lastOfEach(meant.flatMap((item) => itemEntry(of, item, startOf(sentOn))));
}
