/** The timeline as a picture: where everything is drawn. The table of the plan says the same in words. */
import { addMonths, dayNumber, dayOfNumber, formatDay, type Day } from '../../../rules/calendar/day.js';
import { anchorNames, anchorTitles } from '../../../rules/order/anchorNames.js';
import { goesByKind } from './kinds.js';
import { isLate } from './milestones.js';
import type { MigrationRead, Shown } from './read.js';
import { shortDay } from '../words.js';

type Milestone = Shown['milestones'][number];

const WIDTH = 1_000;
const MARGIN = 24;
const LANE = 44;
const TOP = 84;
const BESIDE_DAYS = 5;
/** Anchors' names take turns on lines of their own, so that days that are close do not write over each other. */
const NAME_LINES = 3;
const NAME_LINE = 16;

export type Mark = 'done' | 'open' | 'late' | 'off';

export interface Picture {
  width: number;
  height: number;
  lanes: { name: string; y: number }[];
  months: { x: number; label: string }[];
  anchors: { x: number; y: number; label: string; anchor: 'start' | 'end' }[];
  bars: { x: number; y: number; width: number; mark: Mark; title: string }[];
  marks: { x: number; y: number; mark: Mark; title: string }[];
  todayX: number | null;
}

function markOf(milestone: Milestone, today: Day | undefined): Mark {
  if (milestone.status === 'done') return 'done';
  if (milestone.status !== 'open') return 'off';
  return isLate(milestone, today) || (today === undefined && milestone.slippedOn !== undefined) ? 'late' : 'open';
}

const daysIn = ({ milestones, migration, today }: MigrationRead): Day[] => [
  ...milestones.flatMap(({ opensOn, dueOn }) => [opensOn ?? [], dueOn ?? []].flat()),
  ...Object.values(migration.anchors).flatMap(({ on }) => on ?? []),
  ...(today === undefined ? [] : [today]),
];

function monthsBetween(first: Day, last: Day): Day[] {
  const months: Day[] = [];
  for (let month = `${first.slice(0, 7)}-01`; month <= last; month = addMonths(month, 1))
    if (month >= first) months.push(month);
  return months;
}

type Scale = (day: Day) => number;

function scaleOf(first: Day, last: Day): Scale {
  const span = Math.max(dayNumber(last) - dayNumber(first), 1);
  return (day) => Math.round(MARGIN + ((WIDTH - 2 * MARGIN) * (dayNumber(day) - dayNumber(first))) / span);
}

/** Who holds the most is nearest to the days. */
function lanesOf(milestones: readonly Milestone[]): Map<string, { name: string; y: number }> {
  const counts = new Map<string, { name: string; count: number }>();
  for (const { holder, holderName } of milestones)
    counts.set(holder, { name: holderName, count: (counts.get(holder)?.count ?? 0) + 1 });
  const sorted = [...counts].toSorted(([, one], [, other]) => other.count - one.count);
  return new Map(sorted.map(([holder, { name }], index) => [holder, { name, y: TOP + index * LANE }]));
}

function anchorViews({ migration }: MigrationRead, scale: Scale): Picture['anchors'] {
  const dated = anchorNames.flatMap((name) => {
    const { on } = migration.anchors[name] ?? {};
    return on === undefined ? [] : [{ x: scale(on), label: `${anchorTitles[name]}, ${shortDay(on)}` }];
  });
  return dated.map(({ x, label }, index) => ({
    x,
    label,
    y: NAME_LINE * (1 + (index % NAME_LINES)),
    anchor: x > WIDTH / 2 ? 'end' : 'start',
  }));
}

const titleOf = ({ title, dueOn = '', status }: Milestone, mark: Mark): string =>
  `${title}: ${dueOn === '' ? 'no day' : formatDay(dueOn)}, ${mark === 'late' ? 'late' : status}`;

/** Undefined where nothing has a day yet. */
export function pictureOf(read: MigrationRead): Picture | undefined {
  const days = daysIn(read).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const from = dayOfNumber(dayNumber(first) - BESIDE_DAYS);
  const to = dayOfNumber(dayNumber(last) + BESIDE_DAYS);
  const scale = scaleOf(from, to);
  const { today } = read;
  const dated = read.milestones.filter(({ dueOn, kind }) => dueOn !== undefined && kind !== 'anchor');
  const lanes = lanesOf(dated);
  const drawn = dated.map((milestone) => {
    const { holder, dueOn = '', opensOn } = milestone;
    const mark = markOf(milestone, today);
    const y = lanes.get(holder)?.y ?? TOP;
    return { y, mark, x: scale(dueOn), opensX: opensOn && scale(opensOn), title: titleOf(milestone, mark), milestone };
  });
  return {
    width: WIDTH,
    height: TOP + lanes.size * LANE,
    lanes: [...lanes.values()],
    months: monthsBetween(from, to).map((month) => ({
      x: scale(month),
      label: formatDay(month).split(' ').slice(2).join(' '),
    })),
    anchors: anchorViews(read, scale),
    bars: drawn.flatMap(({ opensX, x, y, mark, title }) =>
      typeof opensX === 'number' ? [{ x: opensX, y, width: Math.max(x - opensX, 2), mark, title }] : [],
    ),
    marks: drawn.flatMap(({ x, y, mark, title, milestone }) =>
      goesByKind(milestone.kind) ? [] : [{ x, y, mark, title }],
    ),
    todayX: today === undefined ? null : scale(today),
  };
}
