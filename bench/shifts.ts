/** Shifts by working days: against a counter that walks from day to day. */
import type { WorkingDayCalendar } from '../rules/calendar/workingDays.js';
import { createRandom } from './random.js';
import { mustAgree, type Row } from './report.js';
import { medianMs } from './timing.js';

/** Working days to shift by, never 0, and the days to start from, as numbers since 1970-01-01. */
export interface Shifts {
  days: Int32Array;
  amounts: Int32Array;
}

const LONGEST = 60;

/** Shifts that stay within the calendar, from days worked and not worked. `sign` keeps to one direction. */
export function randomShifts({ numbers }: WorkingDayCalendar, count: number, sign?: -1 | 1): Shifts {
  const random = createRandom(20_270_107);
  const margin = 2 * LONGEST;
  const days = Int32Array.from({ length: count }, () => {
    return numbers.first + margin + random(numbers.last - numbers.first - 2 * margin);
  });
  const amounts = Int32Array.from({ length: count }, () => {
    const amount = 1 + random(LONGEST);
    return (sign ?? (random(2) === 0 ? 1 : -1)) * amount;
  });
  return { days, amounts };
}

/** The product's own arithmetic, array in and array out. */
export function shiftAll({ numbers }: WorkingDayCalendar, { days, amounts }: Shifts): Int32Array {
  const reached = new Int32Array(days.length);
  for (let index = 0; index < days.length; index += 1)
    reached[index] = numbers.shift(days[index] ?? 0, amounts[index] ?? 0);
  return reached;
}

const DAY_MS = 86_400_000;

/** Walks from day to day with the platform's dates, and shares no code with the product. */
function walkAll(holidays: readonly string[], { days, amounts }: Shifts): Int32Array {
  const holidayMs = new Set(holidays.map((day) => Date.parse(day)));
  const isWorked = (ms: number): boolean => {
    const weekday = new Date(ms).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !holidayMs.has(ms);
  };
  return days.map((day, index) => {
    const amount = amounts[index] ?? 0;
    let ms = day * DAY_MS;
    for (let left = Math.abs(amount); left > 0;) {
      ms += Math.sign(amount) * DAY_MS;
      if (isWorked(ms)) left -= 1;
    }
    return ms / DAY_MS;
  });
}

/** @throws MismatchError where the product and the counter differ */
export function checkShifts(calendar: WorkingDayCalendar, holidays: readonly string[], count: number): Shifts {
  const shifts = randomShifts(calendar, count);
  mustAgree(`${count} random shifts`, shiftAll(calendar, shifts), walkAll(holidays, shifts));
  return shifts;
}

export function measureShifts(calendar: WorkingDayCalendar, holidays: readonly string[], shifts: Shifts): Row {
  const works = [() => shiftAll(calendar, shifts), () => walkAll(holidays, shifts)];
  const [ours = 0, naive = 0] = medianMs(works, 3).map((ms) => (ms * 1e6) / shifts.days.length);
  return {
    what: `${shifts.days.length.toLocaleString('en-GB')} random shifts, identical to a counter`,
    ours: `${ours.toFixed(0)} ns each`,
    rival: `${naive.toFixed(0)} ns (day by day)`,
    ratio: naive / ours,
    goal: 'identical',
    isMet: true,
  };
}
