import { dayOfCell, yesNoOfCell } from './cells.js';
import type { TrackerColumn } from './columnsSchema.js';
import { translated, type Filling } from './filling.js';

/** What to do about a cell that should hold a day. */
export const HOW_A_DAY_IS_WRITTEN = 'write it like 18/02/2027, or 18 Feb 2027';

type Value = string | number | boolean;
type Read = { value: Value } | { what: string; fix: string };

const readAs = (value: Value | undefined, what: string, fix: string): Read =>
  value === undefined ? { what, fix } : { value };

function readField(column: TrackerColumn, text: string): Read {
  const known = translated(column, text);
  if (known !== undefined) return { value: known };
  const number = Number(text);
  switch (column.as) {
    case 'day':
      return readAs(dayOfCell(text), `"${text}" is no day`, HOW_A_DAY_IS_WRITTEN);
    case 'yesNo':
      return readAs(yesNoOfCell(text), `"${text}" is neither yes nor no`, 'write yes or no');
    case 'number':
      return readAs(Number.isFinite(number) ? number : undefined, `"${text}" is no number`, 'write digits alone');
    default:
      return { value: text };
  }
}

/** A spreadsheet that took a number of a telephone for a number has dropped the zero in front. */
const ZERO_LOST = /^[1-9]\d{8,9}$/;

/** `practice.sites.0.name` as a path. */
export const stepsOf = (field: string): (string | number)[] =>
  field.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** Puts a cell where its column says; an empty one leaves what the template has. */
export function fillField(filling: Filling, column: TrackerColumn, field: string): void {
  const { header } = column;
  filling.origins.push({ field: field.replaceAll(/\.(\d+)/g, '[$1]'), header });
  const text = filling.cellOf(header);
  if (text === undefined) return;
  const isShort = field.endsWith('.phone') && ZERO_LOST.test(text.replaceAll(' ', ''));
  const fix = 'format the column as text, and write 0 or +44 in front';
  const read = isShort ? { what: `"${text}" has lost its zero in front`, fix } : readField(column, text);
  if ('value' in read) filling.order.setIn(stepsOf(field), read.value);
  else filling.problems.push({ header, ...read });
}
