import { folded } from './cells.js';
import type { TrackerColumn } from './columnsSchema.js';

/** One line of a tracker. */
export interface TrackerLine {
  /** From 1, as a spreadsheet counts. */
  line: number;
  cells: readonly string[];
}

export interface Header {
  line: number;
  /** By the folded name of a header: its place, from 0. */
  places: ReadonlyMap<string, number>;
  /** Columns that nothing is read from, as they are written. */
  notRead: string[];
  /** Columns that must be there, and are not. */
  missing: string[];
  /** Columns that are there twice. */
  twice: string[];
}

const wantedOf = (columns: readonly TrackerColumn[]): string[] => [
  ...new Set(columns.map(({ header }) => folded(header))),
];

function headerOn({ line, cells }: TrackerLine, columns: readonly TrackerColumn[]): Header {
  const names = cells.map(folded);
  const wanted = wantedOf(columns);
  const places = new Map(
    wanted.flatMap((name) => (names.includes(name) ? [[name, names.indexOf(name)] as const] : [])),
  );
  const isMissing = ({ header, optional }: TrackerColumn): boolean => !optional && !places.has(folded(header));
  return {
    line,
    places,
    notRead: cells.filter((cell) => cell.trim() !== '' && !places.has(folded(cell))),
    missing: [...new Set(columns.filter(isMissing).map(({ header }) => header))],
    twice: wanted.filter((name) => names.indexOf(name) !== names.lastIndexOf(name)),
  };
}

/**
 * The line with the names of the columns: titles and notes may stand above it.
 *
 * @returns the first line that has most of the columns; undefined where no line has any
 */
export function findHeader(lines: readonly TrackerLine[], columns: readonly TrackerColumn[]): Header | undefined {
  const headers = lines.map((line) => headerOn(line, columns)).filter(({ places }) => places.size > 0);
  const most = Math.max(...headers.map(({ places }) => places.size));
  return headers.find(({ places }) => places.size === most);
}
