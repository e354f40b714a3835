/** What a report of counts sets off. */
import type { Day } from '../calendar/day.js';
import { calendarFor } from '../plan/workingTime.js';
import { countersOf, isTooMany, nextTarget, reportsOf, trendOf, withReport } from './counts.js';
import { withAudit, withoutPending, withPending, withRungs } from './edit.js';
import type { CountsReport } from './events.js';
import { milestoneState, todayOf } from './lookup.js';
import type { CountTrend } from './messages.js';
import type { MigrationState } from './state.js';
import { asksWeekly, mondayOf } from './weeklyQuestions.js';

/** Two reports say where a number is going once so many working days lie between them. */
const comparedAfterWorkingDays = 5;

function workingDaysBetween({ plan }: MigrationState, from: Day, to: Day): number {
  const { horizon } = plan.workingTime;
  const end = to < horizon ? to : horizon;
  return from >= end ? 0 : calendarFor(plan.workingTime).workingDaysBetween(from, end);
}

/** Nobody is asked in a week, Monday to Sunday, for which the numbers are there. */
function withoutQuestion(state: MigrationState, { on, values }: { on: Day; values: object }): MigrationState {
  const asking = state.plan.milestones.filter(
    (each) => asksWeekly(each) && each.counts?.counters.some((id) => Object.hasOwn(values, id)),
  );
  return asking.reduce((next, { id, ladder }) => {
    const { rungs } = milestoneState(next, id);
    const answered = ladder.filter((rung) => rung.type === 'reminder' && rungs[rung.id] === undefined);
    const ofWeek = answered.filter((rung) => rung.on !== undefined && mondayOf(rung.on) <= on).map((rung) => rung.id);
    return ofWeek.length === 0 ? next : withRungs(next, id, ofWeek, 'superseded');
  }, state);
}

/** Counters of the newest report that are still too many and have not fallen since one of at least a week's work before. */
function stuck(state: MigrationState, on: Day): CountTrend[] {
  return countersOf(state).flatMap((counter) => {
    const [last, ...earlier] = reportsOf(state, counter.id);
    if (last?.on !== on || !isTooMany(state, counter, last.value)) return [];
    const before = earlier.find((each) => workingDaysBetween(state, each.on, on) >= comparedAfterWorkingDays);
    return before === undefined || last.value < before.value ? [] : (trendOf(state, counter, before) ?? []);
  });
}

/** Told to the practice manager and the CSU, once for each report. A word that has not gone out yet is told by the newer one. */
function tellStuck(state: MigrationState, on: Day): MigrationState {
  const counts = stuck(state, on);
  const told = withoutPending(state, ({ kind }) => kind === 'countsNotFalling');
  const milestoneId = counts[0] && nextTarget(state, counts[0].counterId)?.id;
  if (milestoneId === undefined) return told;
  const notice = { kind: 'countsNotFalling' as const, milestoneId, counts };
  return (['practice', 'operator'] as const).reduce(
    (next, audience) => withPending(next, { ...notice, audience, rungId: `not-falling-${on}-${audience}` }),
    told,
  );
}

/** Applies a report of counts that `judgeCounts` has let through. The audit has the numbers. */
export function applyCounts(state: MigrationState, report: CountsReport, atMs: number): MigrationState {
  const { on = todayOf(state, atMs), by, values } = report;
  const counts = withReport(state.counts ?? [], { on, by, values });
  const audited = withAudit({ ...state, counts }, { atMs, actor: by, type: 'counts.reported', data: { on, values } });
  const asked = withoutQuestion(audited, { on, values });
  return counts.at(-1)?.on === on ? tellStuck(asked, on) : asked;
}
