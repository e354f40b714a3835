/** From the lines of a CSV file to the rows that the API takes, with everything that is wrong at its line and column. */
import type { z } from 'zod';
import type { FileProblem } from '../../rules/files/problem.js';
import { plainMessage } from '../../rules/files/words.js';
import { keyOf, practiceKey } from './asked.js';
import { BadCsv, readCsv, type CsvColumns, type CsvFile, type CsvLine } from './csv.js';
import { adoptRow, cancelRow, doneRow, redateRow } from './rows.js';

/** A file as it was read, with the name that messages give it. */
export interface CsvText {
  text: string;
  file: string;
}

interface Kind {
  columns: CsvColumns;
  schema: z.ZodType;
  /** One row of a line. */
  rowOf: (line: CsvLine) => Record<string, unknown>;
  /** The column that a field of the row comes from, where it has another name. */
  columnOf: Readonly<Record<string, string>>;
}

/** A cell is shown where that helps; what says it in its own words may mean the number of a patient. */
function faultOf(cell: string | undefined, message: string): string {
  if (cell === undefined) return `is empty; it ${message}`;
  return message.startsWith('must') ? `"${cell}" ${message}` : message;
}

const problemsOf = ({ file, columns }: CsvFile, line: CsvLine, { schema, rowOf, columnOf }: Kind): FileProblem[] => {
  const { error } = schema.safeParse(rowOf(line), { error: plainMessage });
  return (error?.issues ?? []).map(({ path, message }) => {
    const key = path.findLast((step) => typeof step === 'string') ?? '';
    const field = columnOf[key] ?? key;
    const what = faultOf(line.cells[field], message);
    return { file, line: line.line, column: columns.indexOf(field) + 1, field, what, fix: '' };
  });
};

/** The second of two lines that ask the same. */
function repeats({ file, lines }: CsvFile, of: (line: CsvLine) => string, what: string): FileProblem[] {
  const first = new Map<string, number>();
  return lines.flatMap((line) => {
    const before = first.get(of(line));
    if (before === undefined) first.set(of(line), line.line);
    const problem = { file, line: line.line, column: 1, field: 'practice', fix: 'keep one of them' };
    return before === undefined ? [] : [{ ...problem, what: `the same ${what} as in line ${before}` }];
  });
}

const practiceOf = ({ cells }: CsvLine): string => cells['practice'] ?? '';

/** Reads, checks every line, and gives the lines back. @throws BadCsv with every fault of the file */
function checked({ text, file }: CsvText, kind: Kind, repeated: [(line: CsvLine) => string, string]): CsvFile {
  const csv = readCsv(text, file, kind.columns);
  const ofLines = csv.lines.flatMap((line) => problemsOf(csv, line, kind));
  const problems = [...csv.problems, ...ofLines, ...repeats(csv, ...repeated)];
  if (problems.length > 0) throw new BadCsv(problems);
  return csv;
}

const doneKind: Kind = {
  columns: {
    required: ['practice', 'milestone'],
    optional: ['date', 'reference', 'reason', 'forDate', 'outcome', 'signedBy'],
  },
  schema: doneRow,
  rowOf: ({ line, cells: { date, reason, ...same } }) => ({
    line,
    ...same,
    ...(date !== undefined && { on: date }),
    ...(reason !== undefined && same['reference'] === undefined && { reference: reason }),
  }),
  columnOf: { on: 'date' },
};

/** `practice,milestone,date,…`: what is done. @throws BadCsv */
export function doneRows(csv: CsvText): object[] {
  const key = (line: CsvLine) => keyOf('done', practiceOf(line), line.cells['milestone'] ?? '');
  return checked(csv, doneKind, [key, 'practice and milestone']).lines.map(doneKind.rowOf);
}

/** `practice,reason`. @param said for every line; a reason for those without one of their own */
function reasonedRows(csv: CsvText, schema: z.ZodType, said: { reason?: string }): object[] {
  const kind: Kind = {
    columns: { required: said.reason === undefined ? ['practice', 'reason'] : ['practice'], optional: ['reason'] },
    schema,
    rowOf: ({ line, cells }) => ({ line, ...said, ...cells }),
    columnOf: {},
  };
  const key = (line: CsvLine) => practiceKey(practiceOf(line));
  return checked(csv, kind, [key, 'practice']).lines.map(kind.rowOf);
}

/** `practice,reason`: which migrations are off. @throws BadCsv */
export const cancelRows = (csv: CsvText, said: { reason?: string }): object[] => reasonedRows(csv, cancelRow, said);

export interface AdoptRowOptions {
  reason?: string;
  what: 'all' | 'rules' | 'calendar';
  acceptRisks?: true;
}

/** `practice,reason`: which migrations adopt the rules and the calendar in use. @throws BadCsv */
export const adoptRows = (csv: CsvText, said: AdoptRowOptions): object[] => reasonedRows(csv, adoptRow, said);

export interface MoveRowOptions {
  reason?: string;
  confirmed?: true;
  keepDistance?: true;
  acceptRisks?: true;
}

const YES_OR_NO: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false };

const saidConfirmed = ({ cells: { confirmed } }: CsvLine, byDefault?: true): object => {
  const said = confirmed === undefined ? byDefault : (YES_OR_NO[confirmed.toLowerCase()] ?? confirmed);
  return said === undefined ? {} : { confirmed: said };
};

const redateKind = ({ reason, confirmed, keepDistance, acceptRisks }: MoveRowOptions): Kind => ({
  columns: {
    required: ['practice', 'anchor', 'date', ...(reason === undefined ? ['reason'] : [])],
    optional: ['reason', 'confirmed'],
  },
  schema: redateRow,
  rowOf: (each) => ({
    line: each.line,
    practice: each.cells['practice'],
    reason: each.cells['reason'] ?? reason,
    moves: [{ anchor: each.cells['anchor'], to: each.cells['date'], ...saidConfirmed(each, confirmed) }],
    ...(keepDistance && { keepDistance }),
    ...(acceptRisks && { acceptRisks }),
  }),
  columnOf: { to: 'date' },
});

/** Several lines of one practice are one move, with the reasons of all of them. */
function joined(rows: readonly z.infer<typeof redateRow>[]): object[] {
  const byPractice = new Map<string, z.infer<typeof redateRow>[]>();
  for (const row of rows) {
    const key = practiceKey(row.practice);
    byPractice.set(key, [...(byPractice.get(key) ?? []), row]);
  }
  return [...byPractice.values()].map(([first, ...others]) => ({
    ...first,
    reason: [...new Set([first, ...others].map((row) => row?.reason))].join('; '),
    moves: [first, ...others].flatMap((row) => row?.moves ?? []),
  }));
}

/** `practice,anchor,date,reason`: which days move where. @throws BadCsv */
export function redateRows(csv: CsvText, options: MoveRowOptions): object[] {
  const kind = redateKind(options);
  const key = (line: CsvLine) => `${practiceKey(practiceOf(line))} ${line.cells['anchor']}`;
  const { lines } = checked(csv, kind, [key, 'practice and anchor']);
  return joined(lines.map((line) => redateRow.parse(kind.rowOf(line))));
}
