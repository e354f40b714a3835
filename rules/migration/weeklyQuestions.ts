/** The numbers that a practice is asked for week by week, and what happens when it does not answer. */
import { addDays, dayNumber, weekdayOfNumber, type Day } from '../calendar/day.js';
import type { PlannedMilestone, Rung } from '../plan/types.js';
import type { DueRung } from './due.js';
import { milestoneState } from './lookup.js';
import type { MigrationState, PendingNotice } from './state.js';

/** Every so many questions in a row that nobody has answered, the CSU hears of it. */
const silentQuestions = 2;

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOfNumber(dayNumber(day)));

/** A period that asks for numbers: each of its reminders is a question. */
export const asksWeekly = ({ kind, counts }: PlannedMilestone): boolean => kind === 'period' && counts !== undefined;

const isQuestion = (milestone: PlannedMilestone, { type }: Rung): boolean =>
  asksWeekly(milestone) && type === 'reminder';

/** The questions that went out before one, and that no report has answered in their week or later. */
function unansweredBefore(state: MigrationState, { id, ladder, counts }: PlannedMilestone, asked: Rung): Rung[] {
  const { rungs } = milestoneState(state, id);
  const isAnswer = (values: object): boolean => counts?.counters.some((each) => Object.hasOwn(values, each)) ?? false;
  const lastOn = (state.counts ?? []).findLast(({ values }) => isAnswer(values))?.on ?? '';
  return ladder.filter(
    ({ id: rungId, type, on }) =>
      type === 'reminder' &&
      rungs[rungId] === 'sent' &&
      on !== undefined &&
      on < (asked.on ?? '') &&
      mondayOf(on) > lastOn,
  );
}

/** What the CSU is told beside a question that goes out now, because those before it have had no answer. */
export function silences(state: MigrationState, due: readonly DueRung[]): PendingNotice[] {
  return due
    .filter(({ milestone, rung }) => isQuestion(milestone, rung))
    .flatMap(({ milestone, rung }): PendingNotice[] => {
      const { length } = unansweredBefore(state, milestone, rung);
      if (length === 0 || length % silentQuestions !== 0) return [];
      const news = `The last ${length} weekly questions for these numbers have had no answer.`;
      const told = { kind: 'digest', audience: 'operator', rungId: `silence-${rung.id}` } as const;
      return [{ ...told, milestoneId: milestone.id, news }];
    });
}
