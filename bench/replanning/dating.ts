/** The dates of a migration, counted with whatever day arithmetic is given: the same work for everybody. */
import type { LeadTimeUnit } from '../../rules/calendar/leadTime.js';
import type { Roll } from '../../rules/calendar/shift.js';

/** A shift on the way to a day. Days are worked unless they are at a weekend, a bank holiday or closed for `calendarOf`. */
export interface Move {
  amount: number;
  unit: Exclude<LeadTimeUnit, 'hours'>;
  roll: Roll | 'none';
  calendarOf: string;
}

/** A milestone to be dated: its day, the first day of its window, and the rungs of its ladder. */
export interface Task {
  anchor: string;
  steps: readonly Move[];
  opens?: { anchor: string; steps: readonly Move[] };
  /** From the day, or from the first day of a period. */
  rungs: readonly Move[];
  rungsFromOpening: boolean;
}

export type AnchorDays = Readonly<Record<string, string>>;

/** Day arithmetic on the library's own kind of day. */
export interface Arithmetic<Day> {
  read(text: string): Day;
  write(day: Day): string;
  move(day: Day, move: Move): Day;
}

/** Every day of every task, in order, as text. */
export function dateTasks<Day>(tasks: readonly Task[], anchors: AnchorDays, arithmetic: Arithmetic<Day>): string[] {
  const days: string[] = [];
  const reach = (anchor: string, steps: readonly Move[]): Day => {
    let day = arithmetic.read(anchors[anchor] ?? '');
    for (const step of steps) day = arithmetic.move(day, step);
    days.push(arithmetic.write(day));
    return day;
  };
  for (const { anchor, steps, opens, rungs, rungsFromOpening } of tasks) {
    const due = reach(anchor, steps);
    const opening = opens && reach(opens.anchor, opens.steps);
    const from = rungsFromOpening ? (opening ?? due) : due;
    for (const rung of rungs) days.push(arithmetic.write(arithmetic.move(from, rung)));
  }
  return days;
}
