/** What is counted in a migration, and where it is going. */
import { dayNumber, formatDay, type Day } from '../calendar/day.js';
import type { PlannedMilestone } from '../plan/types.js';
import { isOpen } from './lookup.js';
import type { CountTrend } from './messages.js';
import type { CountsOfDay, MigrationState } from './state.js';

type Counter = NonNullable<MigrationState['plan']['counters']>[number];

/** The counters of a migration; none in one that was planned before anything was counted. */
export const countersOf = (state: MigrationState): readonly Counter[] => state.plan.counters ?? [];

export interface CountOn {
  on: Day;
  value: number;
}

/** Every report of one counter, the newest first. @param until reports of later days are left out */
export function reportsOf(state: MigrationState, counterId: string, until: Day = '9999'): CountOn[] {
  const { counts = [] } = state;
  return counts
    .filter(({ on, values }) => on <= until && values[counterId] !== undefined)
    .map(({ on, values }) => ({ on, value: values[counterId] ?? 0 }))
    .toReversed();
}

function directionOf(value: number, before: number): NonNullable<CountTrend['direction']> {
  if (value === before) return 'unchanged';
  return value < before ? 'falling' : 'rising';
}

/** One counter as last reported, beside the report before or the one to compare it with; undefined before the first. */
export function trendOf(state: MigrationState, counter: Counter, against?: CountOn): CountTrend | undefined {
  const [last, previous] = reportsOf(state, counter.id);
  if (last === undefined) return undefined;
  const before = against ?? previous;
  const { id: counterId, title, threshold } = counter;
  return {
    counterId,
    title,
    value: last.value,
    on: last.on,
    ...(before && { before, direction: directionOf(last.value, before.value) }),
    ...(threshold !== undefined && { threshold }),
  };
}

/** The counters that have been reported, in the order of the plan. @param among only these; all of them unless given */
export function trendsOf(state: MigrationState, among?: readonly string[]): CountTrend[] {
  return countersOf(state)
    .filter(({ id }) => among === undefined || among.includes(id))
    .flatMap((counter) => trendOf(state, counter) ?? []);
}

function span(from: Day, to: Day): string {
  const days = dayNumber(to) - dayNumber(from);
  if (days === 7) return 'a week';
  if (days % 7 === 0) return `${days / 7} weeks`;
  return days === 1 ? 'a day' : `${days} days`;
}

/**
 * A trend as people say it: `Inbox 40, was 55 a week ago`; where it is not of today, `Inbox 40 on Monday 7 December 2026, was 55
 * a week before`.
 */
export function trendText({ title, value, on, before, threshold }: CountTrend, today?: Day): string {
  const now = on === today ? `${title} ${value}` : `${title} ${value} on ${formatDay(on)}`;
  const ago = on === today ? 'ago' : 'before';
  const was = before === undefined ? '' : `, was ${before.value} ${span(before.on, on)} ${ago}`;
  return `${now}${was}${threshold === undefined ? '' : ` (low enough at ${threshold})`}`;
}

/**
 * What a counter may come to for a milestone: the order's threshold where the target is `low`, else nothing may be left. Undefined
 * where more is better.
 */
function limitOf({ threshold = 0 }: Counter, { counts }: PlannedMilestone): number | undefined {
  if (counts === undefined || counts.target === 'ready') return undefined;
  return counts.target === 'low' ? threshold : 0;
}

/** The open milestone whose target a counter has to meet next: by due day, and a period, which owes nothing, last. */
export function nextTarget(state: MigrationState, counterId: string): PlannedMilestone | undefined {
  const place = ({ kind, dueOn = '9999' }: PlannedMilestone): string => `${kind === 'period' ? 1 : 0}${dueOn}`;
  return state.plan.milestones
    .filter(({ id, counts }) => counts?.counters.includes(counterId) && counts.target !== 'ready' && isOpen(state, id))
    .toSorted((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))))[0];
}

/** True where a value is more than the next target lets be. */
export function isTooMany(state: MigrationState, counter: Counter, value: number): boolean {
  const target = nextTarget(state, counter.id);
  const limit = target === undefined ? undefined : limitOf(counter, target);
  return limit !== undefined && value > limit;
}

/** The counters that keep a milestone from being done: some left where none may be, or more than the order's threshold. */
export function unmetCounts(state: MigrationState, { counts }: PlannedMilestone): CountTrend[] {
  if (counts === undefined || counts.target === 'ready') return [];
  return trendsOf(state, counts.counters).filter(({ value, threshold }) =>
    counts.target === 'zero' ? value > 0 : threshold !== undefined && value > threshold,
  );
}

/** Reports kept: more than two years of weeks. */
const mostReports = 120;

/** Adds a report on its day. A second one of the same day adds to it, and corrects what both name. */
export function withReport(counts: readonly CountsOfDay[], report: CountsOfDay): CountsOfDay[] {
  const same = counts.find(({ on }) => on === report.on);
  const merged = { ...report, values: { ...same?.values, ...report.values } };
  const others = counts.filter(({ on }) => on !== report.on);
  return [...others, merged].toSorted((a, b) => (a.on < b.on ? -1 : 1)).slice(-mostReports);
}
