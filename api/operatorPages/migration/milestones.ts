/** The plan as a table: each milestone with its day, its holder and what has come of it. */
import type { Day } from '../../../rules/calendar/day.js';
import { goesByKind } from './kinds.js';
import { hrefOf } from './frame.js';
import type { Entry, MigrationRead, Shown } from './read.js';
import { shortDay } from '../words.js';

type Milestone = Shown['milestones'][number];

export interface StatusView {
  text: string;
  /** Of the tag. */
  colour: string;
}

const SETTLED: Readonly<Record<string, string>> = {
  done: 'Done',
  waived: 'Not needed',
  cleared: 'Cleared',
  passed: 'Passed',
  rejected: 'Rejected',
};

/** Nobody owes anything when a period ends. */
export const isLate = ({ status, kind, dueOn }: Milestone, today: Day | undefined): boolean =>
  status === 'open' && dueOn !== undefined && today !== undefined && dueOn < today && !goesByKind(kind);

export function statusOf(milestone: Milestone, entry: Entry | undefined, today: Day | undefined): StatusView {
  const { status, settledOn, slippedOn } = milestone;
  if (status !== 'open') {
    const colour = status === 'done' ? 'green' : status === 'rejected' ? 'red' : 'grey';
    return { text: `${SETTLED[status] ?? status} ${shortDay(settledOn)}`.trim(), colour };
  }
  if (entry?.slipAcknowledged !== undefined)
    return { text: `Late, ${entry.slipAcknowledged.by} has it`, colour: 'orange' };
  if (isLate(milestone, today) || (today === undefined && slippedOn !== undefined))
    return { text: 'Late', colour: 'red' };
  return { text: 'Open', colour: 'blue' };
}

/** `Mon 4 Jan 2027`, or from when to when. */
export function daysOf({ opensOn, dueOn, provisional }: Pick<Milestone, 'opensOn' | 'dueOn' | 'provisional'>): string {
  if (dueOn === undefined) return 'No day yet';
  const days = opensOn === undefined ? shortDay(dueOn) : `${shortDay(opensOn)} to ${shortDay(dueOn)}`;
  return provisional ? `${days} (provisional)` : days;
}

export interface MilestoneView {
  id: string;
  href: string;
  title: string;
  days: string;
  holder: string;
  status: StatusView;
}

export function milestoneView(read: MigrationRead, milestone: Milestone): MilestoneView {
  const { milestoneId, title, holderName } = milestone;
  return {
    id: milestoneId,
    href: `${hrefOf(read.migration.migrationId)}/milestones/${encodeURIComponent(milestoneId)}`,
    title,
    days: daysOf(milestone),
    holder: holderName,
    status: statusOf(milestone, read.timeline.get(milestoneId), read.today),
  };
}
