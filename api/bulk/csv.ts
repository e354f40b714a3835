/** Lists that people keep in a spreadsheet, as CSV: every line with its number, and everything that is wrong with it. */
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { mostBulkRows } from '../../rules/bulk/bulk.js';
import type { FileProblem } from '../../rules/files/problem.js';

/** One line under the first: what stands in it, by the name of its column; empty cells are left out. */
export interface CsvLine {
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface CsvColumns {
  required: readonly string[];
  optional: readonly string[];
}

export interface CsvFile {
  file: string;
  /** Names of the columns, in order. */
  columns: string[];
  lines: CsvLine[];
  /** Of lines that cannot be read cell by cell, and so are not among them. */
  problems: FileProblem[];
}

const recordsSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }));

/** Everything that is wrong with a file, at its lines. */
export class BadCsv extends Error {
  override readonly name = 'BadCsv';
  /** By line and column. */
  readonly problems: readonly FileProblem[];

  constructor(problems: readonly FileProblem[]) {
    super('The file cannot be used.');
    this.problems = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  }
}

/** What separates the cells: a spreadsheet of another country writes semicolons, one that is copied has tabs. */
function delimiterOf(text: string): string {
  const [first = ''] = text.split('\n', 1);
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

const broken = (file: string, line: number, what: string): FileProblem => ({
  file,
  line,
  column: 1,
  field: '',
  what,
  fix: '',
});

/**
 * The cells of every line that has some.
 *
 * @param file its name, for messages
 * @throws BadCsv where the quotes do not fit
 */
export function csvRecords(text: string, file: string, delimiter = delimiterOf(text)): z.infer<typeof recordsSchema> {
  const options = { bom: true, info: true, trim: true, relax_column_count: true, skip_empty_lines: true };
  try {
    // The parser counts a CRLF inside a cell as two lines.
    const records = recordsSchema.parse(parse(text.replace(/\r\n?/g, '\n'), { ...options, delimiter }));
    return records.filter(({ record }) => record.some((cell) => cell !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    const what = 'the quotes do not fit: a cell that holds a quote is put in quotes, and each quote in it is doubled';
    throw new BadCsv([broken(file, line, what)]);
  }
}

/** Column names are found whatever their capitals. */
function columnsOf(head: readonly string[], file: string, line: number, { required, optional }: CsvColumns) {
  const known = [...new Set([...required, ...optional])];
  const columns = head.map((name) => known.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name);
  const problems: FileProblem[] = [];
  const say = (index: number, what: string): void =>
    void problems.push({ file, line, column: index + 1, field: columns[index] ?? '', what, fix: '' });
  columns.forEach((name, index) => {
    if (!known.includes(name)) say(index, `is no column of this file; there are ${known.join(', ')}`);
    else if (columns.indexOf(name) < index) say(index, 'is there twice');
  });
  const missing = required.filter((name) => !columns.includes(name));
  const asColumns = missing.length === 1 ? 'as a column' : 'as columns';
  if (missing.length > 0) say(columns.length, `the first line must name ${missing.join(' and ')} ${asColumns}`);
  return { columns, problems };
}

/**
 * Reads the text of a CSV file: with or without a BOM, any line ends, cells in quotes or not, at most 10,000 lines.
 *
 * @param file its name, for messages
 * @throws BadCsv with everything that is wrong with the file as a whole
 */
export function readCsv(text: string, file: string, wanted: CsvColumns): CsvFile {
  const [head, ...rest] = csvRecords(text, file);
  if (head === undefined) throw new BadCsv([broken(file, 1, 'the file is empty')]);
  const named = columnsOf(head.record, file, head.info.lines, wanted);
  if (rest.length === 0) named.problems.push(broken(file, head.info.lines, 'there is no line under the first'));
  if (rest.length > mostBulkRows) {
    const what = `there are ${rest.length} lines, and at most ${mostBulkRows} are taken in one go`;
    named.problems.push(broken(file, head.info.lines, what));
  }
  if (named.problems.length > 0) throw new BadCsv(named.problems);
  const { columns } = named;
  const fits = ({ record }: z.infer<typeof recordsSchema>[number]): boolean => record.length === columns.length;
  return {
    file,
    columns,
    lines: rest.filter(fits).map(({ record, info }) => lineOf(columns, record, info.lines)),
    problems: rest
      .filter((each) => !fits(each))
      .map(({ record, info }) => {
        const what = `has ${record.length} cells under ${columns.length} columns: is there a comma in a cell without quotes?`;
        return broken(file, info.lines, what);
      }),
  };
}

function lineOf(columns: readonly string[], record: readonly string[], line: number): CsvLine {
  const cells = columns.map((name, index) => [name, record[index] ?? ''] as const);
  return { line, cells: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) };
}
