import ICAL from 'ical.js';

/** An entry of an iCalendar file as another library reads it. */
export interface ReadEntry {
  uid: string;
  sequence: number;
  summary: string;
  description: string;
  /** First day, and the day after the last. */
  start: string;
  end: string;
  /** Whole days, which no time zone can shift. */
  isDate: boolean;
  status: string;
  transparency: string;
  stamp: string;
  lastModified: string;
}

export interface ReadCalendar {
  method: string;
  name: string;
  refresh: string;
  entries: ReadEntry[];
  /** Components that are no entries; there should be none. */
  others: string[];
}

const valueOf = (component: InstanceType<typeof ICAL.Component>, name: string): string =>
  String(component.getFirstPropertyValue(name) ?? '');

function readEntry(component: InstanceType<typeof ICAL.Component>): ReadEntry {
  const { uid, summary, description, sequence, startDate, endDate } = new ICAL.Event(component);
  return {
    uid,
    summary,
    description,
    sequence,
    start: startDate.toString(),
    end: endDate.toString(),
    isDate: startDate.isDate && endDate.isDate,
    status: valueOf(component, 'status'),
    transparency: valueOf(component, 'transp'),
    stamp: valueOf(component, 'dtstamp'),
    lastModified: valueOf(component, 'last-modified'),
  };
}

/** Reads a file with a library that had no part in writing it. @throws where it is no iCalendar file */
export function readCalendar(text: string): ReadCalendar {
  const calendar = ICAL.Component.fromString(text);
  return {
    method: valueOf(calendar, 'method'),
    name: valueOf(calendar, 'x-wr-calname'),
    refresh: valueOf(calendar, 'x-published-ttl'),
    entries: calendar.getAllSubcomponents('vevent').map(readEntry),
    others: calendar
      .getAllSubcomponents()
      .map(({ name }) => name)
      .filter((name) => name !== 'vevent'),
  };
}

/** The one entry of a milestone. @throws where there is none, or more than one */
export function entryFor({ entries }: Pick<ReadCalendar, 'entries'>, milestoneId: string): ReadEntry {
  const [found, ...doubles] = entries.filter(({ uid }) => uid.startsWith(`${milestoneId}.`));
  if (found === undefined || doubles.length > 0) throw new Error(`${milestoneId} is there ${doubles.length + 1} times`);
  return found;
}
