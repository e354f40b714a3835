/**
 * What an engineer reads of a migration in Temporal's own pages, beside its events. Ids and days, never a name. None of it is a
 * command, so a history replays whatever it says.
 */
import { dayAt, minuteOfDayAt } from '../../rules/calendar/clock.js';
import type { Day } from '../../rules/calendar/day.js';
import { unfired } from '../../rules/migration/due.js';
import { isActionable, isOpen, milestoneState } from '../../rules/migration/lookup.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import type { MigrationState } from '../../rules/migration/state.js';
import type { PlannedMilestone } from '../../rules/plan/types.js';

/** Temporal keeps at most 200 bytes of a summary. */
const SUMMARY_LENGTH = 200;
/** Of a longer list the rest is counted. */
function listed(items: readonly string[], most = 3): string {
  const more = items.length - most;
  return [...items.slice(0, most), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;

const short = (text: string): string => text.slice(0, SUMMARY_LENGTH);

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `2027-03-31 09:00`, Europe/London. */
function localTime({ plan }: MigrationState, atMs: number): string {
  const minute = minuteOfDayAt(plan.workingTime.clock, atMs);
  return `${dayAt(plan.workingTime.clock, atMs)} ${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

/** The rungs that an instant brings, as `milestone rung`. */
function rungsAt(state: MigrationState, atMs: number): string[] {
  return state.plan.milestones.flatMap((milestone) =>
    unfired(state, milestone, atMs)
      .filter((rung) => rung.atMs === atMs)
      .map((rung) => `${milestone.id} ${rung.type}`),
  );
}

/** Of a timer: `2027-03-31 09:00: initialExtract.requested reminder, cleanUp escalation, 4 more`. At most 200 characters. */
export function wakeSummary(state: MigrationState, wakeAtMs: number): string {
  const rungs = rungsAt(state, wakeAtMs);
  return short(`${localTime(state, wakeAtMs)}: ${rungs.length === 0 ? 'a look at what is due' : listed(rungs)}`);
}

/** Of a delivery: `3 messages: notice, digest`. */
export function deliverySummary(messages: readonly OutboundMessage[]): string {
  const kinds = [...new Set(messages.map(({ kind }) => kind))];
  return short(`${counted(messages.length, 'message')}: ${listed(kinds)}`);
}

/** Of a write of the register: `2 records, 1 milestone`. */
export function writeSummary({ audit, milestones }: RegisterWrite): string {
  return `${counted(audit.length, 'record')}, ${counted(milestones.length, 'milestone')}`;
}

const dueOf = ({ dueOn = '9999' }: PlannedMilestone): Day => dueOn;

/** The ten that are due first. */
function firstOf(milestones: readonly PlannedMilestone[]): string {
  if (milestones.length === 0) return 'nothing';
  const byDue = milestones.toSorted((a, b) => dueOf(a).localeCompare(dueOf(b)));
  return listed(
    byDue.map(({ id, dueOn }) => (dueOn ? `${id} (${dueOn})` : id)),
    10,
  );
}

/** How the migration stands, as Markdown. */
export function currentDetails(state: MigrationState, wakeAtMs: number | undefined): string {
  const open = state.plan.milestones.filter(({ id }) => isOpen(state, id));
  const isLate = ({ id }: PlannedMilestone): boolean => milestoneState(state, id).slippedOn !== undefined;
  const next = open.filter((each) => !isLate(each) && isActionable(state, each));
  const { phase, status, hold, mailAway, plan } = state;
  return [
    `**${status}**, phase ${phase}, date version ${plan.dateVersion}`,
    ...(hold === undefined ? [] : [`on hold since ${hold.on}`]),
    ...(mailAway === undefined ? [] : ['the way out for mail is away']),
    `next wake: ${wakeAtMs === undefined ? 'none' : wakeSummary(state, wakeAtMs)}`,
    `late: ${firstOf(open.filter(isLate))}`,
    `due next: ${firstOf(next)}`,
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}
