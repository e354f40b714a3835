/** One day or period of a migration as a calendar program shows it. Plain data; config/calendarFile.ts writes it. */
import { formatDay, type Day } from '../calendar/day.js';
import type { MilestoneStatus } from '../migration/state.js';
import { harmless } from '../text/harmless.js';

/** confirmed and tentative as the day is; cancelled: not needed any more, or the whole migration is off. */
export type EntryStatus = 'confirmed' | 'tentative' | 'cancelled';

export interface CalendarEntry {
  /** `notify.eps.Z90001-20260914-k3v9qa@csu.example.nhs.uk`: the same for ever, so that a later file moves the entry. */
  uid: string;
  /** Rises with every change of its day, and when it is cancelled. */
  sequence: number;
  /** First and last day, both inclusive. */
  from: Day;
  to: Day;
  summary: string;
  /** Lines of plain text. */
  description: string[];
  status: EntryStatus;
  /** When it last changed. The same entry always has the same instant, so that a file that says the same is the same. */
  changedAtMs: number;
}

/** Whose calendar entries they are. */
export interface EntriesOf {
  migrationId: string;
  practiceName: string;
  /** Domain of the CSU's mailbox. */
  domain: string;
}

/** What an entry is made of, wherever it was read. */
export interface EntryParts {
  milestoneId: string;
  title: string;
  from: Day;
  to: Day;
  status: MilestoneStatus;
  provisional: boolean;
  settledOn?: Day | undefined;
  /** The migration is off, and every day of it. */
  isOff: boolean;
  sequence: number;
  changedAtMs: number;
  /** What to do, who holds it, where to answer. */
  lines: string[];
}

/** `csu.example.nhs.uk` of `migrations@csu.example.nhs.uk`. */
export const domainOf = (mailbox: string): string => mailbox.slice(mailbox.lastIndexOf('@') + 1).toLowerCase();

/** Nobody has to do it any more: its entry is taken back rather than shown as done. */
export const isTakenBack = (status: MilestoneStatus): boolean => status === 'waived' || status === 'cleared';

const isDone = (status: MilestoneStatus): boolean => status === 'done';

/**
 * The days that an entry covers: from the first day of a window or period to the day it is due. What is added on the way is
 * shown on its day alone. One without a day left is shown on its first: an entry cannot end before it begins.
 *
 * Worked: links off between Tue 26 and Wed 27 January 2027 → both days.
 */
export function entryDays(milestone: {
  milestoneId: string;
  opensOn?: Day | undefined;
  dueOn?: Day | undefined;
}): { from: Day; to: Day } | undefined {
  const { milestoneId, opensOn, dueOn } = milestone;
  if (dueOn === undefined) return undefined;
  const isItem = milestoneId.startsWith('survey.') || milestoneId.startsWith('action.');
  const from = isItem ? dueOn : (opensOn ?? dueOn);
  return { from, to: dueOn < from ? from : dueOn };
}

function statusOf({ status, provisional, isOff }: EntryParts): EntryStatus {
  if (isOff || isTakenBack(status)) return 'cancelled';
  return provisional && !isDone(status) ? 'tentative' : 'confirmed';
}

/** Some programs show neither a status nor a cancellation, so the summary says it. */
function summaryOf(practiceName: string, { title, status }: EntryParts, shown: EntryStatus): string {
  const thing = `${practiceName}: ${title}`;
  if (shown === 'cancelled') return `Cancelled: ${thing}`;
  if (isDone(status)) return `Done: ${thing}`;
  return shown === 'tentative' ? `${thing} (provisional)` : thing;
}

function descriptionOf({ lines, settledOn, status }: EntryParts, shown: EntryStatus): string[] {
  const done = isDone(status) && settledOn !== undefined ? [`Done on ${formatDay(settledOn)}`] : [];
  const provisional = shown === 'tentative' ? ['This day is not confirmed yet.'] : [];
  return [...lines, ...provisional, ...done];
}

const plain = (text: string): string => String(harmless(text)).trim();

/** One entry, in words that are ready to be read; what people wrote is on one line and free of control characters. */
export function entryOf({ migrationId, practiceName, domain }: EntriesOf, parts: EntryParts): CalendarEntry {
  const { milestoneId, from, to, sequence, changedAtMs } = parts;
  const status = statusOf(parts);
  const lines = descriptionOf(parts, status).map(plain);
  return {
    uid: `${milestoneId}.${migrationId}@${domain}`,
    sequence,
    from,
    to,
    changedAtMs,
    status,
    summary: plain(summaryOf(practiceName, parts, status)),
    description: lines.filter((line) => line !== ''),
  };
}
