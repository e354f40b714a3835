import { addDays, addMonths, addWeeks, format, isWeekend, parseISO } from 'date-fns';
import type { WorkingTime } from '../../rules/plan/types.js';
import { closedDays } from './closedDays.js';
import type { Arithmetic, Move } from './dating.js';

/**
 * date-fns, as its users count with holidays: its own `addBusinessDays` knows none, so day by day with `isWeekend` and a set.
 * The set holds time values, the quickest thing to ask for.
 */
export function dateFns(workingTime: WorkingTime): Arithmetic<Date> {
  const closed = closedDays(workingTime, (text) => parseISO(text).getTime());
  const isWorked = (day: Date, holder: string): boolean => !isWeekend(day) && !closed(holder).has(day.getTime());
  const roll = (day: Date, { roll: direction, calendarOf }: Move): Date => {
    let rolled = day;
    if (direction !== 'none')
      while (!isWorked(rolled, calendarOf)) rolled = addDays(rolled, direction === 'before' ? -1 : 1);
    return rolled;
  };
  const reach = (start: Date, { amount, unit, calendarOf }: Move): Date => {
    if (unit === 'months') return addMonths(start, amount);
    if (unit === 'weeks') return addWeeks(start, amount);
    if (unit === 'days') return addDays(start, amount);
    let day = start;
    for (let left = Math.abs(amount); left > 0;) {
      day = addDays(day, Math.sign(amount));
      if (isWorked(day, calendarOf)) left -= 1;
    }
    return day;
  };
  return {
    read: (text) => parseISO(text),
    write: (day) => format(day, 'yyyy-MM-dd'),
    move: (day, move) => roll(reach(day, move), move),
  };
}
