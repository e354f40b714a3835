import type { LeadTime } from '../calendar/leadTime.js';
import type { Problem } from '../plan/types.js';
import { error, type Path } from './problem.js';
import type { Order } from './schema.js';

/** Hours are counted from an instant, and every period of an order is counted from a day (rules.md, E.9). */
export function checkPeriods(order: Order): Problem[] {
  return periodsOf(order)
    .filter(({ period }) => period?.unit === 'hours')
    .map(({ path }) =>
      error(
        'unit-not-days',
        [...path, 'unit'],
        'hours cannot be counted from a day; use weeks, days, workingDays or months',
      ),
    );
}

interface Placed {
  period: LeadTime | undefined;
  path: Path;
}

function periodsOf({ parties, practiceTurnaround, registrationCutOff }: Order): Placed[] {
  return [
    { period: practiceTurnaround?.returnsForm, path: ['practiceTurnaround', 'returnsForm'] },
    { period: registrationCutOff, path: ['registrationCutOff'] },
    ...parties.flatMap(({ noticePeriod, turnaround = {}, products = [] }, index): Placed[] => [
      { period: noticePeriod, path: ['parties', index, 'noticePeriod'] },
      ...Object.entries(turnaround).map(([part, period]) => ({ period, path: ['parties', index, 'turnaround', part] })),
      ...products.map(({ extractNotice }, at) => ({
        period: extractNotice,
        path: ['parties', index, 'products', at, 'extractNotice'],
      })),
    ]),
  ];
}
