/** A tracker as its CSV file holds it: with its header, and titles or notes above it. */
import { folded } from '../../config/tracker/cells.js';
import type { TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { findHeader, type Header, type TrackerLine } from '../../config/tracker/header.js';
import { mostBulkRows } from '../../rules/bulk/bulk.js';
import type { FileProblem } from '../../rules/files/problem.js';
import { nearest } from '../../rules/text/nearest.js';
import { BadCsv, csvRecords } from '../bulk/csv.js';

export interface TextFile {
  /** How the reader of messages knows it. */
  file: string;
  text: string;
}

export interface Tracker {
  file: string;
  header: Header;
  /** Under the header. */
  lines: TrackerLine[];
  /** Place of a column in a line, from 0; undefined where the tracker lacks it. */
  placeOf: (header: string) => number | undefined;
}

interface Found {
  header: Header;
  lines: TrackerLine[];
}

function tried({ file, text }: TextFile, { columns }: TrackerColumns, delimiter: string): Found | BadCsv | undefined {
  try {
    const lines = csvRecords(text, file, delimiter).map(({ record, info }) => ({ line: info.lines, cells: record }));
    const header = findHeader(lines, columns);
    return header && { header, lines };
  } catch (error) {
    if (error instanceof BadCsv) return error;
    throw error;
  }
}

/** What separates the cells shows in the header: with the right sign most columns are found. */
function found(tracker: TextFile, columns: TrackerColumns): Found | undefined {
  const tries = [',', ';', '\t'].map((delimiter) => tried(tracker, columns, delimiter));
  const read = tries.flatMap((each) => (each === undefined || each instanceof BadCsv ? [] : [each]));
  const [most] = read.toSorted((a, b) => b.header.places.size - a.header.places.size);
  const fault = tries.find((each) => each instanceof BadCsv);
  if (most === undefined && fault !== undefined) throw fault;
  return most;
}

function headerProblems(file: string, { line, missing, twice, notRead }: Header): FileProblem[] {
  const at = { file, line, column: 1 };
  return [
    ...missing.map((name) => {
      const alike =
        notRead.length === 0 ? 'say `optional` in the columns file' : `is it ${nearest(name, notRead).join(', ')}?`;
      return {
        ...at,
        field: name,
        what: 'there is no such column',
        fix: `${alike} The columns file must have its name`,
      };
    }),
    ...twice.map((field) => ({ ...at, field, what: 'is there twice', fix: 'rename one of the columns' })),
  ];
}

function lineProblems(file: string, lines: readonly TrackerLine[], width: number): FileProblem[] {
  return lines.flatMap(({ line, cells }) => {
    if (cells.slice(width).every((cell) => cell === '')) return [];
    const what = `has ${cells.length} cells under ${width} columns`;
    return [{ file, line, column: width + 1, field: '', what, fix: 'is there a comma in a cell without quotes?' }];
  });
}

const broken = (file: string, what: string, fix: string): BadCsv =>
  new BadCsv([{ file, line: 1, column: 1, field: '', what, fix }]);

/**
 * Reads a tracker: with or without a BOM, any line ends, commas, semicolons or tabs, titles above the header, blank lines.
 *
 * @param mostLines under the header
 * @throws BadCsv with everything that is wrong with the file as a whole
 */
export function readTracker(tracker: TextFile, columns: TrackerColumns, mostLines = mostBulkRows): Tracker {
  const { file } = tracker;
  const read = found(tracker, columns);
  if (read === undefined)
    throw broken(file, 'no line has the columns that the columns file names', 'save the sheet as CSV, with its header');
  const { header } = read;
  const lines = read.lines.filter(({ line }) => line > header.line);
  const width = read.lines.find(({ line }) => line === header.line)?.cells.length ?? 0;
  if (lines.length === 0) throw broken(file, 'there is no line under the header', 'add one for each practice');
  if (lines.length > mostLines)
    throw broken(
      file,
      `there are ${lines.length} lines, and at most ${mostLines} are read`,
      'make several files of it',
    );
  const problems = [...headerProblems(file, header), ...lineProblems(file, lines, width)];
  if (problems.length > 0) throw new BadCsv(problems);
  return { file, header, lines, placeOf: (name) => header.places.get(folded(name)) };
}
