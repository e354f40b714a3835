/** Whom an operator rings this morning, and about what: the most urgent first. */
import type { Day } from '../calendar/day.js';
import { groupsBy } from './groups.js';
import type { RingRow } from './ringRow.js';

/** Everything that one person has to be rung about in one migration. */
export interface RingTopic {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  /** `practice`, `csu` (nobody is rung: it is ours to do), or a party's id. */
  whom: string;
  /** As the register calls them. */
  whomName: string;
  /** A production day or Go Live cannot be met without one of them. */
  isCritical: boolean;
  /** The earliest day of an anchor that one of them hangs on. */
  anchorOn?: Day;
  rows: RingRow[];
}

const CRITICAL_KINDS: readonly string[] = ['request', 'notice', 'confirmation'];

const isCritical = ({ kind, milestoneId, criticalMilestoneId }: RingRow): boolean =>
  CRITICAL_KINDS.includes(kind) || milestoneId.startsWith('extract.') || milestoneId === criticalMilestoneId;

/** A party that is to be told by hand is rung although the CSU holds the task. */
const whomOf = ({ holder, partyId, isCallTask }: RingRow): string =>
  holder === 'csu' && isCallTask && partyId !== undefined ? partyId : holder;

const earliest = (days: readonly (Day | undefined)[]): Day | undefined =>
  days.filter((day) => day !== undefined).toSorted()[0];

function topicOf(rows: RingRow[]): RingTopic[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { migrationId, odsCode, practiceName, holder, holderName } = first;
  const whom = whomOf(first);
  const anchorOn = earliest(rows.map((row) => row.anchorOn));
  return [
    {
      migrationId,
      odsCode,
      practiceName,
      whom,
      rows,
      whomName: whom === holder ? holderName : whom,
      isCritical: rows.some(isCritical),
      ...(anchorOn !== undefined && { anchorOn }),
    },
  ];
}

const LAST = '9999-12-31';

/** What puts an anchor at risk comes first, then whose anchor is nearest, then what has been due the longest. */
const urgency = ({ isCritical: critical, anchorOn = LAST, rows }: RingTopic): string =>
  [critical ? '0' : '1', anchorOn, earliest(rows.map(({ dueOn }) => dueOn)) ?? LAST].join(' ');

/** @param rows by due day */
export function ringTopics(rows: readonly RingRow[]): RingTopic[] {
  const groups = groupsBy(rows, (row) => `${row.migrationId} ${whomOf(row)}`);
  const topics = [...groups.values()].flatMap(topicOf);
  return topics.toSorted((one, other) => urgency(one).localeCompare(urgency(other)));
}
