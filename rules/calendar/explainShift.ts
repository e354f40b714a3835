import { addDays, formatDay, type Day } from './day.js';
import type { LeadTimeUnit } from './leadTime.js';
import { reach, type Roll, type ShiftOptions } from './shift.js';
import { describeMove } from './wording.js';
import type { WorkingDayCalendar } from './workingDays.js';

/** One day on the way: counted towards the amount, or passed over or rolled to, with the reason in plain words. */
export interface ShiftStep {
  day: Day;
  counted: boolean;
  why: string;
}

export interface ShiftExplanation {
  result: Day;
  /** In the order of travel. Empty when nothing moved: an amount of 0 on a day that stays. */
  steps: ShiftStep[];
}

/**
 * How `shift` comes to its day: same arguments, same result, same errors.
 *
 * Working days are told day by day, with the days passed over and why; a calendar unit is one step; then the rolling.
 * England: `2027-01-07` - 5 working days passes `2027-01-01` (New Year's Day) and a weekend, and ends on `2026-12-30`.
 */
export function explainShift(
  calendar: WorkingDayCalendar,
  day: Day,
  amount: number,
  unit: LeadTimeUnit,
  { roll }: ShiftOptions = {},
): ShiftExplanation {
  const reached = reach(calendar, day, amount, unit);
  const steps =
    unit === 'workingDays' ? countedDays(calendar, day, amount) : calendarStep(day, reached, { amount, unit });
  if (roll === undefined || calendar.isWorkingDay(reached)) return { result: reached, steps };
  const rolling = rollSteps(calendar, reached, roll);
  return { result: rolling.at(-1)?.day ?? reached, steps: [...steps, ...rolling] };
}

function countedDays(calendar: WorkingDayCalendar, start: Day, amount: number): ShiftStep[] {
  const [wanted, direction] = [Math.abs(amount), Math.sign(amount)];
  const steps: ShiftStep[] = [];
  let day = start;
  for (let count = 0; count < wanted;) {
    day = addDays(day, direction);
    const reason = calendar.reasonNotWorking(day);
    if (reason === undefined) count += 1;
    steps.push({ day, counted: reason === undefined, why: reason ?? `working day ${count} of ${wanted}` });
  }
  return steps;
}

function calendarStep(start: Day, reached: Day, move: { amount: number; unit: LeadTimeUnit }): ShiftStep[] {
  if (move.amount === 0) return [];
  const isClamped = move.unit === 'months' && start.slice(-2) !== reached.slice(-2);
  const clamping = isClamped ? ', the last day of that month' : '';
  return [{ day: reached, counted: true, why: `${describeMove(move)} ${formatDay(start)}${clamping}` }];
}

function rollSteps(calendar: WorkingDayCalendar, start: Day, roll: Roll): ShiftStep[] {
  const target = roll === 'before' ? calendar.rollBefore(start) : calendar.rollAfter(start);
  const steps: ShiftStep[] = [];
  for (let day = start; day !== target; day = addDays(day, roll === 'before' ? -1 : 1))
    steps.push({ day, counted: false, why: calendar.reasonNotWorking(day) ?? '' });
  return [...steps, { day: target, counted: false, why: `moved to the working day ${roll}` }];
}
