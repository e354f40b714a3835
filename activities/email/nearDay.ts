/** Days in the words of a mail that goes out on a given day. */
import { addDays, formatDay, type Day } from '../../rules/calendar/day.js';

/** Today or tomorrow. */
export const isNear = (day: Day, sentOn: Day): boolean => day === sentOn || day === addDays(sentOn, 1);

/** `today, Friday 21 May 2027`, `tomorrow, Saturday 22 May 2027`, or the day alone. */
export function nearDay(day: Day, sentOn: Day): string {
  if (day === sentOn) return `today, ${formatDay(day)}`;
  return day === addDays(sentOn, 1) ? `tomorrow, ${formatDay(day)}` : formatDay(day);
}

/** The same with "provisional" where nobody has confirmed it; other words where there is none. */
export function dayWords(day: Day | undefined, sentOn: Day, { provisional = false, without = '' } = {}): string {
  if (day === undefined) return without;
  return provisional ? `${nearDay(day, sentOn)} (provisional)` : nearDay(day, sentOn);
}

/** By when: `by Thursday 3 December 2026`, `by tomorrow, …`, but `today, …`. */
export const byWords = (day: Day, words: string, sentOn: Day): string => (day === sentOn ? words : `by ${words}`);
