/** The other direction: what a tracker says of an order. */
import type { Order } from '../../rules/order/schema.js';
import { folded } from './cells.js';
import type { TrackerColumn, TrackerColumns } from './columnsSchema.js';
import { milestoneOf } from './done.js';
import { stepsOf } from './fields.js';

type Role = Order['parties'][number]['roles'][number];

const isKeyed = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const valueAt = (order: Order, field: string): unknown =>
  stepsOf(field).reduce<unknown>((value, step) => (isKeyed(value) ? value[step] : undefined), order);

/** The tracker's own word for a value, where it has one. */
function wordFor({ values = {} }: TrackerColumn, value: unknown): string | undefined {
  return Object.entries(values).find(([, stands]) => stands === value)?.[0];
}

function fieldCell(column: TrackerColumn, value: unknown): string {
  if (value === undefined || value === null) return '';
  const word = wordFor(column, value);
  if (word !== undefined) return word;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const partiesWith = ({ parties }: Order, role: Role): Order['parties'] =>
  parties.filter(({ roles }) => roles.includes(role));

/** By name, where a name is enough to find the party again. */
function partiesCell(column: TrackerColumn, order: Order, role: Role): string {
  const names = order.parties.map(({ name }) => folded(name));
  const isPlain = (name: string): boolean =>
    !name.includes(';') && names.filter((each) => each === folded(name)).length === 1;
  const cells = partiesWith(order, role).map(({ id, name }) => wordFor(column, id) ?? (isPlain(name) ? name : id));
  return cells.join('; ');
}

const milestoneIn = (order: Order, done: string): string | undefined =>
  milestoneOf(done, (role) => partiesWith(order, role)[0]?.id);

function doneCell(order: Order, done: string): string {
  const milestone = milestoneIn(order, done);
  return order.alreadyDone.find((each) => each.milestone === milestone)?.on ?? '';
}

/** What is done and has no column of its own. */
function doneListCell(order: Order, { columns }: TrackerColumns): string {
  const own = columns.flatMap(({ done }) => (done === undefined ? [] : [milestoneIn(order, done)]));
  const rest = order.alreadyDone.filter(({ milestone }) => !own.includes(milestone));
  return rest
    .map(({ milestone, on, forDate }) => `${milestone} ${on}${forDate === undefined ? '' : ` for ${forDate}`}`)
    .join('; ');
}

function cellOf(column: TrackerColumn, order: Order, file: TrackerColumns): string {
  const { field, anchor, anchorStatus, parties, done } = column;
  if (field !== undefined) return fieldCell(column, valueAt(order, field));
  if (anchor !== undefined) return order.anchors[anchor]?.on ?? '';
  if (anchorStatus !== undefined) return fieldCell(column, order.anchors[anchorStatus]?.status);
  if (parties !== undefined) return partiesCell(column, order, parties);
  return done === undefined ? doneListCell(order, file) : doneCell(order, done);
}

/** The headers, each once: a header can fill several fields, and any of them says the same. */
const shown = ({ columns }: TrackerColumns): TrackerColumn[] =>
  columns.filter(({ header }, index) => columns.findIndex((each) => folded(each.header) === folded(header)) === index);

export const trackerHeaders = (file: TrackerColumns): string[] => shown(file).map(({ header }) => header);

/** An order's line, cell by cell in the order of the headers: read again by the same columns, it gives the same order. */
export const cellsOfOrder = (order: Order, file: TrackerColumns): string[] =>
  shown(file).map((column) => cellOf(column, order, file));
