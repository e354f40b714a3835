/** Initial data productions of one supplier as months: how many on which day, against how many it can do. */
import { addDays, addMonths, dayNumber, formatDay, weekdayOfNumber, type Day } from '../../../rules/calendar/day.js';

/** A supplier's day with the ODS codes of its practices. */
export interface LoadedDay {
  supplierId: string;
  on: Day;
  practices: readonly string[];
}

export interface CalendarCell {
  /** Of the month; null before its first day and after its last. */
  date: number | null;
  count: number;
  /** So many more than it can do. */
  over: number;
  practices: readonly string[];
}

export interface CalendarMonth {
  title: string;
  /** Of seven days each, from Monday. */
  weeks: CalendarCell[][];
}

export interface SupplierCalendar {
  supplierId: string;
  /** Only those in which there is something. */
  months: CalendarMonth[];
}

/** Longer than anybody plans by hand; what is behind it comes nearer by itself. */
const MOST_MONTHS = 6;
const WEEK = 7;
const NOTHING = { date: null, count: 0, over: 0, practices: [] } as const;

const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01`;

function daysOf(month: Day): Day[] {
  const next = addMonths(month, 1);
  const days: Day[] = [];
  for (let day = month; day < next; day = addDays(day, 1)) days.push(day);
  return days;
}

function monthView(month: Day, loaded: ReadonlyMap<Day, LoadedDay>, capacity: number): CalendarMonth {
  const before = weekdayOfNumber(dayNumber(month)) - 1;
  const cells: CalendarCell[] = [
    ...Array.from({ length: before }, () => NOTHING),
    ...daysOf(month).map((day) => {
      const practices = loaded.get(day)?.practices ?? [];
      const count = practices.length;
      return { date: Number(day.slice(8)), count, over: Math.max(count - capacity, 0), practices };
    }),
  ];
  while (cells.length % WEEK > 0) cells.push(NOTHING);
  const weeks = Array.from({ length: cells.length / WEEK }, (_, week) => cells.slice(WEEK * week, WEEK * (week + 1)));
  return { title: formatDay(month).split(' ').slice(2).join(' '), weeks };
}

/** One calendar for each supplier that has something, in the order of their ids. */
export function supplierCalendars(days: readonly LoadedDay[], capacityOf: (id: string) => number): SupplierCalendar[] {
  const suppliers = [...new Set(days.map(({ supplierId }) => supplierId))].toSorted();
  return suppliers.map((supplierId) => {
    const loaded = new Map(days.filter((day) => day.supplierId === supplierId).map((day) => [day.on, day]));
    const months = [...new Set([...loaded.keys()].map(monthOf))].toSorted().slice(0, MOST_MONTHS);
    return { supplierId, months: months.map((month) => monthView(month, loaded, capacityOf(supplierId))) };
  });
}
