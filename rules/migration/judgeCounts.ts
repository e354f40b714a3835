import type { PlannedMilestone } from '../plan/types.js';
import { countersOf, unmetCounts } from './counts.js';
import type { CountsReport, Rejection } from './events.js';
import { closed, judgeDay, refuse } from './refuse.js';
import type { MigrationState } from './state.js';

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Refuses what is not counted here, what is no number of things, and days that nobody can have counted on. */
export function judgeCounts(state: MigrationState, report: CountsReport, atMs: number): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  const known = countersOf(state).map(({ id }) => id);
  const named = Object.keys(report.values);
  const unknown = named.filter((id) => !known.includes(id));
  if (unknown.length > 0) return unknownCounter(unknown, known);
  const wrong = named.filter((id) => !isCount(report.values[id]));
  if (wrong.length > 0) return refuse('CountInvalid', `Not a number of things, 0 or more: ${wrong.join(', ')}.`);
  if (named.length === 0) return refuse('CountInvalid', 'Say what was counted.', known);
  return judgeDay(state, report.on, atMs) ?? judgeKnownDay(state, report);
}

function unknownCounter(unknown: string[], known: string[]): Rejection {
  const names = unknown.map((id) => `"${id}"`).join(', ');
  const message = known.length > 0 ? `This is not counted here: ${names}.` : 'Nothing is counted in this migration.';
  return refuse('UnknownCounter', message, known);
}

function judgeKnownDay({ plan }: MigrationState, { on }: CountsReport): Rejection | undefined {
  const { from } = plan.workingTime;
  return on !== undefined && on < from
    ? refuse('DateNeeded', `${on} is before ${from}, the first known day.`)
    : undefined;
}

/** What is counted must have come to its target, as last reported; else the milestone can be waived by name (rules.md, E.15). */
export function judgeCountsOf(state: MigrationState, milestone: PlannedMilestone): Rejection | undefined {
  const unmet = unmetCounts(state, milestone);
  if (unmet.length === 0) return undefined;
  const numbers = unmet.map(({ counterId, value, on, threshold }) => {
    const limit = milestone.counts?.target === 'low' && threshold !== undefined ? `, with ${threshold} allowed` : '';
    return `${counterId} ${value} (${on}${limit})`;
  });
  const message = `"${milestone.id}" is not done while this is left: ${numbers.join(', ')}. Report lower counts, or waive it by name.`;
  return refuse('CountsNotZero', message);
}
