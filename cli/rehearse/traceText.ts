import { dayName } from '../../rules/calendar/day.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { anchorTitles } from '../../rules/order/anchorNames.js';
import type { Rehearsal } from '../../rules/rehearsal/run.js';
import type { Happening, TraceEntry } from '../../rules/rehearsal/trace.js';
import { instant } from '../table.js';
import { eventText } from './eventText.js';

/** `Tue 2026-12-01 09:13`. */
export function when(atMs: number): string {
  const text = instant(atMs);
  return `${dayName(text.slice(0, 10)).slice(0, 3)} ${text}`;
}

/** What is rehearsed, before the first line. */
export function headLines({ plan, directory, startedAtMs }: MigrationState, scenario: string): string[] {
  const { practice } = directory;
  return [
    `${practice.name} (${practice.odsCode}): ${scenario}`,
    `rule set ${plan.ruleSet.id} ${plan.ruleSet.version}, bank holidays ${plan.calendar.version}, from ${when(startedAtMs)}`,
  ];
}

const shownTitles = 3;

function titles({ items }: OutboundMessage): string {
  const shown = items.slice(0, shownTitles).map(({ title }) => title);
  const more = items.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function messageLine({ message, outcome }: Extract<Happening, { type: 'message' }>): string {
  const { kind, to } = message;
  const failed = outcome === 'undeliverable' ? ' REFUSED FOR GOOD' : '';
  return `mail       ${kind} to ${to.key} (${to.name})${failed}: ${titles(message)}`;
}

const dueWords = (dueOn: string | undefined): string => (dueOn === undefined ? 'no day yet' : `due ${dueOn}`);

const workingDays = (count: number): string => `${count} working day${count === 1 ? '' : 's'}`;

/** A thing that happened, in one line. */
function lineOf(entry: Happening): string {
  switch (entry.type) {
    case 'wake':
      return 'wake';
    case 'outage':
      return `outage until ${when(entry.untilMs)}`;
    case 'said':
      return `${eventText(entry.event)}${entry.answer === undefined ? '' : ` (${entry.answer.effect})`}`;
    case 'refused':
      return `REFUSED ${eventText(entry.event)}: ${[entry.rejection.message, ...choices(entry.rejection.choices)].join(' ')}`;
    case 'addressFails':
      return `from now on mail to ${entry.to} is refused`;
    case 'message':
      return messageLine(entry);
    case 'status':
      return `${entry.to.padEnd(10)} ${entry.milestoneId}${entry.by === undefined ? '' : ` (${entry.by})`}`;
    case 'slipped':
      return `slipped    ${entry.milestoneId}, ${dueWords(entry.dueOn)}: ${workingDays(entry.lateWorkingDays)} late`;
    case 'mismatch':
      return `mismatch   ${entry.milestoneId} names ${entry.statedDate}`;
    case 'acknowledged':
      return `heard      ${entry.milestoneId} is acknowledged`;
    case 'overtaken':
      return `overtaken  ${entry.milestoneId}: ${entry.rungIds.join(', ')}`;
    case 'added':
      return `added      ${entry.milestoneId}, ${dueWords(entry.dueOn)}: ${entry.title}`;
    case 'redated':
      return `moved      ${entry.milestoneId} from ${entry.from ?? 'no day'} to ${entry.to ?? 'no day'}`;
    case 'confirmed':
      return `confirmed  the ${anchorTitles[entry.anchor]}${entry.on === undefined ? '' : `, ${entry.on}`}`;
    case 'phase':
      return `phase      ${entry.phase}`;
    case 'ended':
      return `ended      ${entry.status}, ${entry.open.length} open`;
    default: {
      const unknown: never = entry;
      return unknown;
    }
  }
}

const choices = (values: readonly string[]): string[] => (values.length === 0 ? [] : [`(${values.join(', ')})`]);

/** What begins something; all else that happens at the same instant follows from it, and is indented. */
const beginnings: readonly TraceEntry['type'][] = ['wake', 'outage', 'said', 'refused', 'addressFails'];

/** What others wrote must not steer the reader's terminal. */
const harmless = (text: string): string => text.replaceAll(/\p{Cc}/gu, ' ');

/**
 * One line for each thing that happened, in order of time; what follows from a wake or a word is indented under it.
 *
 * @param mailText the lines of a mail in full, where they are wanted
 */
export function traceLines({ trace }: Rehearsal, mailText?: (message: OutboundMessage) => string[]): string[] {
  return trace.flatMap((entry) => {
    const line = harmless(lineOf(entry));
    if (beginnings.includes(entry.type)) return [`${when(entry.atMs)}  ${line}`];
    const mail = mailText !== undefined && entry.type === 'message' ? ['', ...mailText(entry.message)] : [];
    return [`    ${line}`, ...mail.map((text) => (text === '' ? '' : `        ${harmless(text)}`))];
  });
}
