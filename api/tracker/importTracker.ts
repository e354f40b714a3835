/** From a tracker to orders, with everything that is wrong with any of its lines. */
import { setImmediate as letOthersWork } from 'node:timers/promises';
import type { FileProblem } from '../../rules/files/problem.js';
import { importLine, type ImportedOrder, type LineResult, type LineRules } from './importLine.js';
import { readTemplate } from './readTemplate.js';
import { readTracker, type TextFile, type Tracker } from './readTracker.js';

export interface ImportRequest extends Omit<LineRules, 'template'> {
  tracker: TextFile;
  /** An order, or the part of one that is the same for every practice. */
  template: TextFile;
  /** More lines are refused; 10,000 unless given. */
  mostLines?: number;
  /** Told after each line, for whoever waits. */
  onLine?: (done: number, of: number) => void;
}

export interface Import {
  /** Of the lines that are right. */
  orders: ImportedOrder[];
  /** Everything that is wrong with the others. */
  problems: FileProblem[];
  /** Columns of the tracker from which nothing was read. */
  notRead: string[];
}

/** What is the template's fault is said once, however many practices it concerns. */
function oncePerFault(template: string, results: readonly LineResult[]): FileProblem[] {
  const byFault = new Map<string, { problem: FileProblem; practices: number }>();
  for (const problem of results.flatMap(({ ofTemplate }) => ofTemplate)) {
    const key = `${problem.field}: ${problem.what}`;
    const practices = (byFault.get(key)?.practices ?? 0) + 1;
    byFault.set(key, { problem, practices });
  }
  return [...byFault.values()].map(({ problem, practices }) => {
    const what = practices === 1 ? problem.what : `${problem.what} (in ${practices} practices)`;
    return { ...problem, file: template, line: 1, column: 1, what };
  });
}

/** The second line of a practice: which of the two is meant? */
function twice({ file }: Tracker, results: readonly LineResult[]): FileProblem[] {
  const first = new Map<string, number>();
  return results.flatMap(({ practice, line }) => {
    if (practice === undefined) return [];
    const before = first.get(practice);
    if (before === undefined) first.set(practice, line);
    const what = `${practice} is in line ${before} already`;
    return before === undefined ? [] : [{ file, line, column: 1, field: '', what, fix: 'keep one of the two' }];
  });
}

/**
 * Makes an order of each line of a tracker. Orders are made of the lines that are right, whatever is wrong with others: who asks
 * decides what to do with them.
 *
 * @throws BadCsv where the tracker or the template cannot be read as a whole
 */
export async function importTracker({
  tracker: text,
  template,
  onLine,
  mostLines,
  ...rules
}: ImportRequest): Promise<Import> {
  const filled = readTemplate(template, rules.columns);
  const tracker = readTracker(text, rules.columns, mostLines);
  const results: LineResult[] = [];
  for (const line of tracker.lines) {
    results.push(await importLine(tracker, line, { ...rules, template: filled }));
    // Others are answered meanwhile.
    await letOthersWork();
    onLine?.(results.length, tracker.lines.length);
  }
  const made = results.flatMap(({ order }) => (order === undefined ? [] : [order]));
  const ofLines = [...results.flatMap(({ problems }) => problems), ...twice(tracker, results)];
  // Of a practice that is there twice neither is an order: nobody has said which of them holds.
  const times = new Map<string, number>();
  for (const { practice = '' } of results) times.set(practice, (times.get(practice) ?? 0) + 1);
  const orders = made.filter(({ practice }) => times.get(practice) === 1);
  const sorted = ofLines.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { orders, problems: [...oncePerFault(template.file, results), ...sorted], notRead: tracker.header.notRead };
}
