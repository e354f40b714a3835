import { planFromOrderText } from '../../config/planFromText.js';
import type { CalendarData } from '../../rules/calendar/data.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import type { ProblemCode } from '../../rules/plan/problemCodes.js';
import { BadOrder } from '../plan/load.js';
import { readTextFile } from '../readTextFile.js';

/** Whether the plan of an order lies within a calendar. */
export interface PlanFit {
  within: boolean;
  /** Last day on which the plan has something due or sends something, as far as it could be dated. */
  endsOn: Day;
  message: string;
}

const OUTSIDE: readonly ProblemCode[] = ['outside-calendar', 'reminder-outside-calendar'];

/** Whether these hold depends on the day of asking, not on the calendar. */
const ASIDE: readonly ProblemCode[] = ['anchor-in-the-past', 'done-in-the-future'];

/** Plans an order with that calendar. @throws BadOrder for an order with other errors; CommandFailure for no file */
export async function fitOf(file: string, calendar: CalendarData, asOf: Day): Promise<PlanFit> {
  const reading = await planFromOrderText(await readTextFile(file), file, asOf, { calendar });
  if (!reading.ok) throw new BadOrder(reading.problems);
  const outside = reading.problems.filter(({ code }) => OUTSIDE.includes(code));
  const errors = reading.problems.filter(
    ({ severity, code }) => severity === 'error' && ![...OUTSIDE, ...ASIDE].includes(code),
  );
  if (errors.length > 0) throw new BadOrder(errors);
  const { endsOn } = reading.plan;
  if (outside.length === 0 && endsOn <= calendar.horizon) {
    const message = `The plan of ${file} lies within: it ends on ${formatDay(endsOn)}.`;
    return { within: true, endsOn, message };
  }
  const reasons = outside.map(({ line, what }) => `\n  ${file}:${line}: ${what}`).join('');
  return { within: false, endsOn, message: `The plan of ${file} reaches outside of the calendar.${reasons}` };
}
