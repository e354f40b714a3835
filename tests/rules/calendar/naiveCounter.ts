import type { Division } from '../../../rules/calendar/division.js';
import type { Closure } from '../../../rules/calendar/workingDays.js';
import { shipped } from './shippedCalendar.js';

/** A second opinion that shares no code with the product: it walks the days with the platform's own UTC dates. */
export const naiveCounter = (division: Division, closures: readonly Closure[] = []) => {
  const holidays = new Set(shipped.divisions[division].map(({ on }) => on));

  const isWorked = (date: Date): boolean => {
    const day = textOf(date);
    const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
    return !isWeekend && !holidays.has(day) && !closures.some(({ from, to }) => from <= day && day <= to);
  };

  /** Undefined where the walk leaves what the calendar knows. */
  const shift = (from: string, amount: number): string | undefined => {
    const date = new Date(`${from}T00:00:00Z`);
    for (let left = Math.abs(amount); left > 0;) {
      step(date, Math.sign(amount));
      if (isOutside(textOf(date))) return undefined;
      if (isWorked(date)) left -= 1;
    }
    return textOf(date);
  };

  const between = (from: string, to: string): number => {
    if (to < from) return -between(to, from);
    let count = 0;
    for (const date = new Date(`${from}T00:00:00Z`); textOf(date) < to;) {
      step(date, 1);
      if (isWorked(date)) count += 1;
    }
    return count;
  };

  return { isWorked: (day: string) => isWorked(new Date(`${day}T00:00:00Z`)), shift, between };
};

const textOf = (date: Date): string => date.toISOString().slice(0, 10);
const step = (date: Date, days: number): number => date.setUTCDate(date.getUTCDate() + days);
const isOutside = (day: string): boolean => day < shipped.from || day > shipped.horizon;
