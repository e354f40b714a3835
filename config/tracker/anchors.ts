import { dayOfCell, folded } from './cells.js';
import type { TrackerColumn } from './columnsSchema.js';
import { HOW_A_DAY_IS_WRITTEN } from './fields.js';
import { translated, type Filling } from './filling.js';

const STATUSES = ['provisional', 'confirmed'];

/** Sets the day of an anchor. An empty cell takes away what the template has: a day is a practice's own. */
export function fillAnchor({ order, cellOf, ...filling }: Filling, column: TrackerColumn, anchor: string): void {
  const { header, status = 'provisional' } = column;
  filling.origins.push({ field: `anchors.${anchor}`, header });
  const text = cellOf(header);
  const day = text === undefined ? undefined : dayOfCell(text);
  if (text !== undefined && day === undefined)
    filling.problems.push({ header, what: `"${text}" is no day`, fix: HOW_A_DAY_IS_WRITTEN });
  else if (day !== undefined) order.setIn(['anchors', anchor], order.createNode({ on: day, status }));
  else if (order.hasIn(['anchors', anchor])) order.deleteIn(['anchors', anchor]);
}

/** Says whether the day of an anchor is confirmed; nothing where it has none. */
export function fillStatus({ order, cellOf, ...filling }: Filling, column: TrackerColumn, anchor: string): void {
  const { header } = column;
  const text = cellOf(header);
  if (text === undefined || !order.hasIn(['anchors', anchor])) return;
  const status = String(translated(column, text) ?? folded(text));
  if (STATUSES.includes(status)) order.setIn(['anchors', anchor, 'status'], status);
  else {
    const what = `"${text}" says neither provisional nor confirmed`;
    filling.problems.push({ header, what, fix: 'write one of them, or say under `values` what the word stands for' });
  }
}
