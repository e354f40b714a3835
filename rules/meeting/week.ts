/** The sheet for a migration's weekly meeting: done, late, due, who holds what, what has changed. */
import { addDays, type Day } from '../calendar/day.js';
import type { AuditRecord, MilestoneRow } from '../migration/records.js';
import { changeWords } from './changes.js';
import { groupsBy } from './groups.js';
import { isLateOn, isOwed } from './owed.js';

const BACK_DAYS = 7;
const AHEAD_DAYS = 14;

export interface WeekHolder {
  holder: string;
  holderName: string;
  open: number;
  late: number;
  nextDueOn?: Day;
  /** Title of what is next. */
  next?: string;
}

export interface WeekChange {
  atMs: number;
  by: string;
  type: string;
  milestoneId?: string;
  /** One sentence, without a full stop. */
  text: string;
}

export interface WeekSheet {
  today: Day;
  /** Seven days before, inclusive: what was settled on that day counts as done since last week. */
  since: Day;
  /** Fourteen days on, inclusive. */
  until: Day;
  /** Settled by somebody, by the day on which they were. What passed with its day, and owed nothing, is left out. */
  done: MilestoneRow[];
  late: MilestoneRow[];
  due: MilestoneRow[];
  /** The most late first. */
  holders: WeekHolder[];
  /** The newest first. */
  changes: WeekChange[];
}

export interface WeekRows {
  milestones: readonly MilestoneRow[];
  /** In order. */
  audit: readonly AuditRecord[];
}

const byDay =
  (dayOf: (row: MilestoneRow) => Day | undefined) =>
  (one: MilestoneRow, other: MilestoneRow): number =>
    (dayOf(one) ?? '9999').localeCompare(dayOf(other) ?? '9999');

function holdersOf(open: readonly MilestoneRow[], today: Day): WeekHolder[] {
  const groups = groupsBy(open, ({ holder }) => holder);
  const holders = [...groups].map(([holder, rows]) => {
    const [next] = rows.toSorted(byDay(({ dueOn }) => dueOn));
    return {
      holder,
      holderName: next?.holderName ?? holder,
      open: rows.length,
      late: rows.filter((row) => isLateOn(row, today)).length,
      ...(next?.dueOn !== undefined && { nextDueOn: next.dueOn, next: next.title }),
    };
  });
  return holders.toSorted((one, other) => other.late - one.late || other.open - one.open);
}

function changesOf({ milestones, audit }: WeekRows, sinceMs: number, untilMs: number): WeekChange[] {
  const titles = new Map(milestones.map(({ milestoneId, title }) => [milestoneId, title]));
  const changes = audit.flatMap(({ atMs, actor, type, data }) => {
    const isMeant = atMs >= sinceMs && atMs < untilMs;
    const text = isMeant ? changeWords({ type, data }, (id) => titles.get(id) ?? id) : undefined;
    if (text === undefined) return [];
    const { milestoneId } = data;
    return [{ atMs, by: actor, type, text, ...(typeof milestoneId === 'string' && { milestoneId }) }];
  });
  return changes.toReversed();
}

/** The instant at which a day begins, UTC: an hour more or less is nothing to a meeting. */
const startMs = (day: Day): number => Date.parse(`${day}T00:00:00Z`);

/**
 * The sheet of a day, usually of today.
 *
 * Worked: Mon 23 November 2026 → done since Mon 16 November, late before 23 November, due from 23 November to Mon 7 December.
 */
export function weekSheet(rows: WeekRows, today: Day): WeekSheet {
  const [since, until] = [addDays(today, -BACK_DAYS), addDays(today, AHEAD_DAYS)];
  const { milestones } = rows;
  const open = milestones.filter((row) => row.status === 'open' && isOwed(row));
  const isDueSoon = ({ dueOn }: MilestoneRow): boolean => dueOn !== undefined && dueOn >= today && dueOn <= until;
  const isDone = ({ status, settledOn }: MilestoneRow): boolean =>
    status !== 'open' && status !== 'passed' && settledOn !== undefined && settledOn >= since && settledOn <= today;
  return {
    today,
    since,
    until,
    done: milestones.filter(isDone).toSorted(byDay(({ settledOn }) => settledOn)),
    late: open.filter((row) => isLateOn(row, today)).toSorted(byDay(({ dueOn }) => dueOn)),
    due: open.filter(isDueSoon).toSorted(byDay(({ dueOn }) => dueOn)),
    holders: holdersOf(open, today),
    changes: changesOf(rows, startMs(since), startMs(addDays(today, 1))),
  };
}
