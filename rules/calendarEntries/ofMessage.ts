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
  'reminder',
  'onTheDay',
  'digest',
  'dateMoved',
  'cancelled',
];

/** Of these only what is off goes along: a day that stands again comes with the mail that says so. */
const takingBack: readonly MessageKind[] = ['withdrawal', 'cancelled'];

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

function itemEntry(of: EntriesOf, item: MessageItem, changedAtMs: number): CalendarEntry[] {
  const { milestoneId, title, action, dueOn, provisional, holderName, waitsFor, calendarSequence: sequence } = item;
  if (dueOn === undefined || sequence === undefined) return [];
  const from = item.calendarFrom ?? dueOn;
  const who = waitsFor === undefined ? `Who: ${holderName}` : `Waits for: ${waitsFor} (${holderName})`;
  return [
    entryOf(of, {
      ...{ milestoneId, title, provisional, sequence, changedAtMs, status: 'open', from },
      to: dueOn < from ? from : dueOn,
      isOff: item.calendarCancelled === true,
      lines: [action, who],
    }),
  ];
}

const lastOfEach = (entries: CalendarEntry[]): CalendarEntry[] => [
  ...new Map(entries.map((entry) => [entry.uid, entry])).values(),
];

/**
 * The entries that go along with a message: one for each of its items that has a day; none for a kind that is not about one.
 * Stamped with the day of the message, so that the same message has the same entries whenever it is sent.
 */
export function messageEntries({ kind, about, items, sentOn, takesBack = [] }: OutboundMessage): CalendarEntry[] {
  if (!kinds.includes(kind)) return [];
  const { migrationId, practiceName, csu } = about;
  const of = { migrationId, practiceName, domain: domainOf(csu.mailbox) };
  const meant = [...takesBack, ...items].filter((item) => item.calendarCancelled ?? !takingBack.includes(kind));
  return lastOfEach(meant.flatMap((item) => itemEntry(of, item, startOf(sentOn))));
}
