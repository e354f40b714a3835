/** From calendar entries to an iCalendar file (RFC 5545), as feeds, mails and the kick-off pack have it. */
import { setImmediate as letOthersWork } from 'node:timers/promises';
import { ICalCalendar, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { addDays, type Day } from '../rules/calendar/day.js';
import type { CalendarEntry, EntryStatus } from '../rules/calendarEntries/entry.js';
import { harmless } from '../rules/text/harmless.js';

export interface CalendarFile {
  /** What a calendar program calls it; absent for a file that is added to a calendar somebody has. */
  name?: string;
  /** How often a subscriber should look for changes. */
  refreshSeconds?: number;
  entries: readonly CalendarEntry[];
}

const statuses: Record<EntryStatus, ICalEventStatus> = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
};

const startOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

const byDayAndId = (a: CalendarEntry, b: CalendarEntry): number =>
  a.from === b.from ? Number(a.uid > b.uid) - Number(a.uid < b.uid) : a.from < b.from ? -1 : 1;

/** Programs disagree on whether the name of a calendar is escaped, so what would have to be is left out of it. */
const nameText = (name: string): string =>
  String(harmless(name))
    .replaceAll(/[\s\\;,]+/g, ' ')
    .trim();

function addEntry(calendar: ICalCalendar, entry: CalendarEntry): void {
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: new Date(entry.changedAtMs),
    lastModified: new Date(entry.changedAtMs),
    start: startOf(entry.from),
    // The day on which an event ends is the first that is no part of it.
    end: startOf(addDays(entry.to, 1)),
    allDay: true,
    summary: entry.summary,
    description: entry.description.join('\n'),
    status: statuses[entry.status],
    // A day by which something is due is no day on which its reader is busy.
    transparency: ICalEventTransparency.TRANSPARENT,
  });
}

/**
 * The text of a file of entries that last whole days, so that no time zone can shift them. The same entries give the same
 * text, in whatever order they come.
 */
export function calendarFileOf({ name, refreshSeconds, entries }: CalendarFile): string {
  const calendar = new ICalCalendar({
    prodId: { company: 'leadtime', product: 'migrations', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ...(name !== undefined && { name: nameText(name) }),
    ...(refreshSeconds !== undefined && { ttl: refreshSeconds }),
  });
  for (const entry of [...entries].sort(byDayAndId)) addEntry(calendar, entry);
  return `${calendar.toString().trimEnd()}\r\n`;
}

const END = 'END:VCALENDAR';
/** Some 50 milliseconds of work: what else the process serves need not wait longer. */
const ENTRIES_AT_ONCE = 100;

/** The same text as `calendarFileOf`, made in steps: for the thousands of entries of an operator's calendar. */
export async function longCalendarFile({ entries, ...file }: CalendarFile): Promise<string> {
  const sorted = [...entries].sort(byDayAndId);
  const parts = [calendarFileOf({ ...file, entries: [] }).split(END)[0] ?? ''];
  for (let from = 0; from < sorted.length; from += ENTRIES_AT_ONCE) {
    const text = calendarFileOf({ entries: sorted.slice(from, from + ENTRIES_AT_ONCE) });
    parts.push(text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf(END)));
    await letOthersWork();
  }
  return `${parts.join('')}${END}\r\n`;
}
