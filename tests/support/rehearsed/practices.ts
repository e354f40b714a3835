/** Practices that nobody has: the orders of a small portfolio, and how well each of them keeps up. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { addDays, type Day } from '../../../rules/calendar/day.js';
import { orderSchema, type Order } from '../../../rules/order/schema.js';

const NAMES = [
  'Millbrook Lane Surgery',
  'Harbour Road Medical Centre',
  'The Old Forge Practice',
  'Castle View Surgery',
  'Riverside Group Practice',
  'Elm Tree Surgery',
  'St Cuthbert’s Practice',
  'Quayside Medical Centre',
  'Beacon Hill Surgery',
  'Weir House Practice',
  'Larkfield Health Centre',
  'Northgate Surgery',
  'Orchard Street Practice',
  'Fernlea Surgery',
  'Priory Park Medical Centre',
  'Saltmarsh Surgery',
  'Kestrel House Practice',
  'Bridge End Surgery',
  'Meadow Bank Practice',
  'Lighthouse Medical Centre',
];
const OPERATORS = ['Tom Ashdown', 'Grace Okoro', 'Ann Bell'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Every day of a file by so many days later. */
function shifted(value: unknown, days: number): unknown {
  if (typeof value === 'string') return DAY.test(value) ? addDays(value, days) : value;
  if (Array.isArray(value)) return value.map((each) => shifted(each, days));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shifted(each, days)]));
}

const example: unknown = parse(readFileSync(new URL('../../../examples/plain.yaml', import.meta.url), 'utf8'));

export interface RehearsedPractice {
  order: Order;
  /** So many of ten things are done in time. */
  diligence: number;
}

const DILIGENCE = [10, 9, 6, 10, 8, 10, 3, 9, 10, 7];

function orderOf(index: number): Order {
  const order = orderSchema.parse(shifted(example, 7 * ((index % 7) - 3)));
  const { practice, contacts } = order;
  const csuOperator = { ...contacts.csuOperator, name: OPERATORS[index % OPERATORS.length] ?? '' };
  return {
    ...order,
    practice: { ...practice, odsCode: `Z98${String(index + 1).padStart(3, '0')}`, name: NAMES[index] ?? '' },
    contacts: { ...contacts, csuOperator },
  };
}

/** @param count at most twenty */
export const rehearsedPractices = (count: number): RehearsedPractice[] =>
  NAMES.slice(0, count).map((_, index) => ({
    order: orderOf(index),
    diligence: DILIGENCE[index % DILIGENCE.length] ?? 10,
  }));

/** The same for the same words in every run: 0 to 9. */
export const luck = (...words: readonly string[]): number =>
  [...Buffer.from(words.join(' '))].reduce((sum, byte) => (sum * 31 + byte) % 9_973, 7) % 10;

/** Each seventh day from one to another, and the last. */
export function weeksBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = addDays(from, 7); day < to; day = addDays(day, 7)) days.push(day);
  return [...days, to];
}
