import type { Document } from 'yaml';
import { z } from 'zod';
import type { Day } from '../../rules/calendar/day.js';
import { dayOfCell, yesNoOfCell } from './cells.js';
import type { TrackerColumn } from './columnsSchema.js';
import { HOW_A_DAY_IS_WRITTEN } from './fields.js';
import type { Filling } from './filling.js';
import { supplierWith } from './parties.js';

const doneSchema = z.object({ alreadyDone: z.array(z.unknown()) });

/** What the template, or an earlier column, lists as done. */
function doneBefore(order: Document): unknown[] {
  const read = doneSchema.safeParse(order.toJS());
  return read.success ? read.data.alreadyDone : [];
}

type SupplierRole = 'sourceSupplier' | 'targetSupplier';

const PLACE = /\{(sourceSupplier|targetSupplier)\}/g;

/** A milestone's id with the practice's own suppliers in it; undefined where one that it names is not known. */
export function milestoneOf(done: string, supplierOf: (role: SupplierRole) => string | undefined): string | undefined {
  const roles: SupplierRole[] = ['sourceSupplier', 'targetSupplier'];
  if (roles.some((role) => done.includes(`{${role}}`) && supplierOf(role) === undefined)) return undefined;
  return done.replaceAll(PLACE, (_, role: SupplierRole) => supplierOf(role) ?? '');
}

type DoneOn = { on: Day | undefined } | { what: string; fix: string };

/** When something was done, if it was. */
function doneOn({ undatedOn }: TrackerColumn, text: string): DoneOn {
  const day = dayOfCell(text);
  if (day !== undefined) return { on: day };
  const said = yesNoOfCell(text);
  if (said === false) return { on: undefined };
  if (said === undefined) return { what: `"${text}" is no day`, fix: HOW_A_DAY_IS_WRITTEN };
  if (undatedOn !== undefined) return { on: undatedOn };
  return {
    what: `"${text}" does not say when`,
    fix: 'write the day, or say by `undatedOn` which day counts for such cells',
  };
}

interface Entry {
  milestone: string;
  on: Day;
  by: string;
  forDate?: unknown;
}

function list({ order, origins }: Filling, { header }: TrackerColumn, entry: Entry): void {
  const before = doneBefore(order);
  origins.push({ field: `alreadyDone[${before.length}]`, header });
  order.setIn(['alreadyDone'], order.createNode([...before, entry]));
}

/** Lists a milestone as done on the day in a cell; an empty cell, or one that says no, means that it is not. */
export function fillDone(filling: Filling, column: TrackerColumn, done: string): void {
  const { order, cellOf, followed, problems, file } = filling;
  const { header, forAnchor, by = file.by } = column;
  const milestone = milestoneOf(done, (role) => supplierWith(order, role));
  // Without its supplier there is no such step; that the supplier is missing is said of the order.
  if (milestone === undefined) return;
  followed.push(milestone);
  const text = cellOf(header);
  if (text === undefined) return;
  const found = doneOn(column, text);
  if ('what' in found) problems.push({ header, ...found });
  else if (found.on !== undefined) {
    const forDate: unknown = forAnchor && order.getIn(['anchors', forAnchor, 'on']);
    list(filling, column, { milestone, on: found.on, by, ...(forDate !== undefined && { forDate }) });
  }
}

const LISTED = /^(?<milestone>\S+) (?<on>.+?)(?: for (?<forDay>.+))?$/;

/** Lists what a cell names, each with its day: `posters.main 22/10/2026; extract.initial.alder.core.1.formReturned 09/10/2026 for 24/11/2026`. */
export function fillDoneList(filling: Filling, column: TrackerColumn): void {
  const { header, by = filling.file.by } = column;
  const entries = (filling.cellOf(header) ?? '').split(';').map((entry) => entry.trim());
  for (const entry of entries.filter((each) => each !== '')) {
    const { milestone = '', on = '', forDay } = LISTED.exec(entry)?.groups ?? {};
    const day = dayOfCell(on);
    const forDate = forDay === undefined ? undefined : dayOfCell(forDay);
    if (day === undefined || (forDay !== undefined && forDate === undefined)) {
      const what = `"${entry}" is not a milestone and its day`;
      filling.problems.push({ header, what, fix: 'write them like: posters.main 22/10/2026; notify.eps 26/10/2026' });
    } else list(filling, column, { milestone, on: day, by, ...(forDate !== undefined && { forDate }) });
  }
}
