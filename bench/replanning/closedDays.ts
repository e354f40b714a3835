import { addDays } from '../../rules/calendar/day.js';
import type { WorkingTime } from '../../rules/plan/types.js';

/**
 * The days that are closed for a holder beside weekends, as a library likes to look them up: made once for each holder, as
 * the product makes its tables.
 *
 * @param keyOf what the library's day is found by
 */
export function closedDays(
  { holidays, closures }: WorkingTime,
  keyOf: (day: string) => number,
): (holder: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>();
  const create = (holder: string): ReadonlySet<number> => {
    const own = closures.filter((closure) => closure.holder === 'everyone' || closure.holder === holder);
    const days = own.flatMap(({ from, to }) => daysFrom(from, to));
    const closed = new Set([...holidays.map(({ on }) => on), ...days].map(keyOf));
    known.set(holder, closed);
    return closed;
  };
  return (holder) => known.get(holder) ?? create(holder);
}

function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}
