import { DateTime } from 'luxon';
import type { WorkingTime } from '../../rules/plan/types.js';
import { closedDays } from './closedDays.js';
import type { Arithmetic, Move } from './dating.js';

const utc = (text: string): DateTime => DateTime.fromISO(text, { zone: 'utc' });

/** luxon, which has no business days of its own: day by day with a set of bank holidays. In UTC, where it is quickest. */
export function luxon(workingTime: WorkingTime): Arithmetic<DateTime> {
  const closed = closedDays(workingTime, (text) => utc(text).toMillis());
  const isWorked = (day: DateTime, holder: string): boolean => day.weekday <= 5 && !closed(holder).has(day.toMillis());
  const roll = (day: DateTime, { roll: direction, calendarOf }: Move): DateTime => {
    let rolled = day;
    if (direction !== 'none')
      while (!isWorked(rolled, calendarOf)) rolled = rolled.plus({ days: direction === 'before' ? -1 : 1 });
    return rolled;
  };
  const reach = (start: DateTime, { amount, unit, calendarOf }: Move): DateTime => {
    if (unit !== 'workingDays') return start.plus({ [unit]: amount });
    let day = start;
    for (let left = Math.abs(amount); left > 0;) {
      day = day.plus({ days: Math.sign(amount) });
      if (isWorked(day, calendarOf)) left -= 1;
    }
    return day;
  };
  return {
    read: utc,
    write: (day) => day.toISODate() ?? '',
    move: (day, move) => roll(reach(day, move), move),
  };
}
