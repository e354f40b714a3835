/** When an extract has to be booked. Used inside workflows. */
import type { Day } from '../calendar/day.js';
import type { HolderId, Step } from './types.js';

/** The working day before the extract: a booking that comes later is of no use. */
export function dayBeforeExtract(supplier: HolderId): Step {
  return {
    amount: -1,
    unit: 'workingDays',
    calendarOf: supplier,
    roll: 'none',
    why: 'booked by the working day before the extract',
    source: 'follows from the order of the hops',
    layer: 'always',
    assumed: false,
  };
}

/**
 * A booking is due once the supplier's usual time is over, but no later than the working day before the extract, and never
 * before the form that it answers. Steps cannot say "the earlier of", so the way that holds is picked for the days at hand.
 */
export function bookingWay(
  ways: Record<'usual' | 'dayBefore' | 'formReceived', Step[]>,
  dayOf: (steps: Step[]) => Day,
): Step[] {
  const { usual, dayBefore, formReceived } = ways;
  if (dayOf(usual) <= dayOf(dayBefore)) return usual;
  return dayOf(dayBefore) >= dayOf(formReceived) ? dayBefore : formReceived;
}
