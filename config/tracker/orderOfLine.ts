/** From one line of a tracker to the order of its practice: the template, with what the line says put in. */
import type { Document } from 'yaml';
import { fillAnchor, fillStatus } from './anchors.js';
import type { TrackerColumn, TrackerColumns } from './columnsSchema.js';
import { fillDone, fillDoneList } from './done.js';
import { fillField } from './fields.js';
import type { CellOf, Filling } from './filling.js';
import { dropWithoutRole, fillParties } from './parties.js';

type Subject = 'parties' | 'field' | 'anchor' | 'anchorStatus' | 'done' | 'doneList';

/** The columns about one thing, each with what it says about it. */
function about<Name extends Subject>(columns: readonly TrackerColumn[], subject: Name) {
  return columns.flatMap((column) => {
    const value: TrackerColumn[Name] = column[subject];
    return value === undefined ? [] : [{ column, value }];
  });
}

/**
 * Fills a copy of the template. Whether the order is right is left to the checks that every order has; here are only the cells
 * that cannot be read.
 *
 * @param template an order of which a tracker's line says the rest
 */
export function orderOfLine(template: Document, file: TrackerColumns, cellOf: CellOf): Filling {
  const { columns } = file;
  const filling: Filling = { order: template.clone(), file, cellOf, origins: [], followed: [], problems: [] };
  for (const { column, value } of about(columns, 'field')) fillField(filling, column, value);
  for (const { column, value } of about(columns, 'parties')) fillParties(filling, column, value);
  // An empty cell confirms nothing: whether there are other third parties then stays to be asked.
  const saidWho = columns.some(({ parties, header }) => parties === 'thirdParty' && cellOf(header) !== undefined);
  dropWithoutRole(filling.order, saidWho);
  for (const { column, value } of about(columns, 'anchor')) fillAnchor(filling, column, value);
  for (const { column, value } of about(columns, 'anchorStatus')) fillStatus(filling, column, value);
  // Last, because ids name suppliers, and forms name the days of anchors.
  for (const { column, value } of about(columns, 'done')) fillDone(filling, column, value);
  for (const { column } of about(columns, 'doneList')) fillDoneList(filling, column);
  return filling;
}
