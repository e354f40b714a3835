import type { LeadTime, LeadTimeUnit } from './leadTime.js';

const UNIT_WORDS: Record<LeadTimeUnit, readonly [one: string, many: string]> = {
  weeks: ['week', 'weeks'],
  days: ['day', 'days'],
  workingDays: ['working day', 'working days'],
  months: ['month', 'months'],
  hours: ['hour', 'hours'],
};

/** For people, without the direction: `{amount: -5, unit: 'workingDays'}` is `5 working days`. */
export function describeLength({ amount, unit }: LeadTime): string {
  const [one, many] = UNIT_WORDS[unit];
  const length = Math.abs(amount);
  return `${length} ${length === 1 ? one : many}`;
}

/** For people, ready for a day to follow: `{amount: -1, unit: 'weeks'}` is `1 week before`; 0 is `0 weeks after`. */
export function describeMove(move: LeadTime): string {
  return `${describeLength(move)} ${move.amount < 0 ? 'before' : 'after'}`;
}
