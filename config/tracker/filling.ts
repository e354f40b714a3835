/** What one line of a tracker has to do with, while it becomes an order. */
import type { Document } from 'yaml';
import { cellText, folded } from './cells.js';
import type { TrackerColumn, TrackerColumns } from './columnsSchema.js';

/** What is wrong with one cell, and what to do. */
export interface CellProblem {
  header: string;
  what: string;
  fix: string;
}

/** Which column a field of the order came from, or should have come from. */
export interface Origin {
  /** As problems of an order name it: `contacts.practiceManager.email`, `alreadyDone[3]`. */
  field: string;
  header: string;
  /** What is inside the field is the template's. */
  alone?: true;
}

/** The text of a cell; undefined where it says nothing. */
export type CellOf = (header: string) => string | undefined;

export interface Filling {
  /** The template's copy, which is filled in place. */
  readonly order: Document;
  readonly file: TrackerColumns;
  readonly cellOf: CellOf;
  readonly origins: Origin[];
  /** Milestones that the tracker follows, done or not. */
  readonly followed: string[];
  readonly problems: CellProblem[];
}

/** @param placeOf where a header stands in a line, from 0; undefined where the tracker lacks it */
export function cellsOf(
  cells: readonly string[],
  placeOf: (header: string) => number | undefined,
  { blank }: TrackerColumns,
): CellOf {
  const saysNothing = new Set(blank.map(folded));
  return (header) => {
    const place = placeOf(header);
    const text = place === undefined ? '' : cellText(cells[place] ?? '');
    return text === '' || saysNothing.has(folded(text)) ? undefined : text;
  };
}

/** What a cell's own words stand for; undefined for words that the column does not know. */
export function translated({ values = {} }: TrackerColumn, text: string): string | number | boolean | undefined {
  return Object.entries(values).find(([word]) => folded(word) === folded(text))?.[1];
}
