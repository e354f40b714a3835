/** What a new calendar changes about the one in use. */
import type { BankHoliday, CalendarData } from './data.js';
import { addDays, addMonths, type Day } from './day.js';
import { DIVISIONS, type Division } from './division.js';
import { plainTitle, yearOf } from './usualHolidays.js';

export type HolidayChange =
  | { kind: 'added' | 'removed'; on: Day; title: string; alarming: boolean }
  | { kind: 'renamed'; on: Day; title: string; before: string; alarming: false }
  | { kind: 'moved'; on: Day; to: Day; title: string; alarming: boolean };

export interface CalendarComparison {
  horizon: { before: Day; after: Day };
  /** By day within each division. */
  divisions: Record<Division, HolidayChange[]>;
}

/** The new list begins after the old one ends, so that nobody knows the days between. */
export class CalendarGapError extends Error {
  override readonly name = 'CalendarGapError';

  constructor(knownUntil: Day, newFrom: Day) {
    super(
      `the new list begins on ${newFrom}, but the calendar in use ends on ${knownUntil}: the days between are unknown`,
    );
  }
}

/**
 * The new calendar with the days before it as they were known: an official list drops its oldest years, and the
 * explanation of an old plan still needs them. From its own first day on the new one wins.
 *
 * Worked: 2019 to 2028 with a new one for 2021 to 2030 gives 2019 and 2020 as before and all later years from the new one.
 *
 * @throws CalendarGapError
 */
export function withKnownPast(known: CalendarData, fresh: CalendarData): CalendarData {
  if (fresh.from <= known.from) return fresh;
  if (addDays(known.horizon, 1) < fresh.from) throw new CalendarGapError(known.horizon, fresh.from);
  const joined = (division: Division): BankHoliday[] => [
    ...known.divisions[division].filter(({ on }) => on < fresh.from),
    ...fresh.divisions[division],
  ];
  return {
    ...fresh,
    from: known.from,
    divisions: {
      'england-and-wales': joined('england-and-wales'),
      scotland: joined('scotland'),
      'northern-ireland': joined('northern-ireland'),
    },
  };
}

/** Plans made today reach about this far. */
const NEAR_MONTHS = 12;

/**
 * Days added, removed, renamed and moved in each division. A day that appears where another of the same title and year has
 * gone is moved.
 *
 * A change is alarming where plans may already rest on the day: it was known, and lies in the past or within the 12 months
 * from `asOf`.
 */
export function compareCalendars(before: CalendarData, after: CalendarData, asOf: Day): CalendarComparison {
  const isAlarming = (on: Day): boolean =>
    on >= before.from && on <= before.horizon && on <= addMonths(asOf, NEAR_MONTHS);
  const compared = (division: Division): HolidayChange[] =>
    changesOf(before.divisions[division], after.divisions[division], isAlarming);
  return {
    horizon: { before: before.horizon, after: after.horizon },
    divisions: {
      'england-and-wales': compared('england-and-wales'),
      scotland: compared('scotland'),
      'northern-ireland': compared('northern-ireland'),
    },
  };
}

export function isSame({ horizon, divisions }: CalendarComparison): boolean {
  return horizon.before === horizon.after && DIVISIONS.every((division) => divisions[division].length === 0);
}

function changesOf(before: BankHoliday[], after: BankHoliday[], isAlarming: (on: Day) => boolean): HolidayChange[] {
  const old = new Map(before.map(({ on, title }) => [on, title]));
  const fresh = new Map(after.map(({ on, title }) => [on, title]));
  const removed = before.filter(({ on }) => !fresh.has(on));
  const added = after.filter(({ on }) => !old.has(on));
  const moves = pairMoves(removed, added);
  const gone = new Set(moves.map(({ from }) => from.on));
  const arrived = new Set(moves.map(({ to }) => to.on));
  return [
    ...moves.map(({ from: { on, title }, to }) => {
      return { kind: 'moved' as const, on, to: to.on, title, alarming: isAlarming(on) || isAlarming(to.on) };
    }),
    ...removed
      .filter(({ on }) => !gone.has(on))
      .map((day) => ({ kind: 'removed' as const, ...day, alarming: isAlarming(day.on) })),
    ...added
      .filter(({ on }) => !arrived.has(on))
      .map((day) => ({ kind: 'added' as const, ...day, alarming: isAlarming(day.on) })),
    ...renamed(old, after),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1));
}

function renamed(old: ReadonlyMap<Day, string>, after: readonly BankHoliday[]): HolidayChange[] {
  return after.flatMap(({ on, title }) => {
    const before = old.get(on);
    if (before === undefined || before === title) return [];
    return [{ kind: 'renamed' as const, on, title, before, alarming: false as const }];
  });
}

interface Move {
  from: BankHoliday;
  to: BankHoliday;
}

function pairMoves(removed: readonly BankHoliday[], added: readonly BankHoliday[]): Move[] {
  const taken = new Set<BankHoliday>();
  return removed.flatMap((from) => {
    const to = added.find(
      (each) => !taken.has(each) && yearOf(each) === yearOf(from) && plainTitle(each.title) === plainTitle(from.title),
    );
    if (to === undefined) return [];
    taken.add(to);
    return [{ from, to }];
  });
}
