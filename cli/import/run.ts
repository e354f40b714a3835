/** `leadtime import`: reads, checks, and writes all or nothing. */
import { BadCsv } from '../../api/bulk/csv.js';
import { importTracker, type Import } from '../../api/tracker/importTracker.js';
import { kept } from '../../config/kept.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { loadRuleSet } from '../../config/loadRuleSet.js';
import type { Day } from '../../rules/calendar/day.js';
import { asOfOrToday, parseAsOf } from '../asOf.js';
import { print } from '../apiCommand.js';
import { refusedFile } from '../bulk/refusedFile.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';
import { loadColumns } from './columns.js';
import { importText } from './report.js';
import { mustBeFree, writeOrders } from './writeOrders.js';

export interface ImportOptions {
  template: string;
  columns?: string;
  out?: string;
  dryRun?: true;
  onlyGood?: true;
  doneBefore?: string;
  asOf?: string;
  json?: true;
}

const NOTHING = 'Nothing was written:';
/** Where nobody sees a bar, a line now and then. */
const SAY_EVERY = 1_000;

const sayProgress = (done: number, of: number): void => {
  if (done % SAY_EVERY === 0) process.stderr.write(`${done} of ${of} lines\n`);
};

function doneBeforeOf(text: string | undefined, asOf: Day): { doneBefore?: Day } {
  if (text === undefined) return {};
  const doneBefore = parseAsOf(text);
  if (doneBefore <= asOf) return { doneBefore };
  throw new CommandFailure(`--done-before ${doneBefore} is after ${asOf}: nothing is done in the future`, WRONG_USE);
}

async function imported(tracker: string, options: ImportOptions): Promise<Import> {
  const { template, columns } = options;
  const asOf = asOfOrToday(options.asOf);
  const request = {
    tracker: { file: tracker, text: await readTextFile(tracker, 'a CSV file') },
    template: { file: template, text: await readTextFile(template) },
    columns: await loadColumns(columns),
    asOf,
    onLine: sayProgress,
    planWith: { calendar: await loadCalendar(), loadRuleSet: kept(loadRuleSet) },
    ...doneBeforeOf(options.doneBefore, asOf),
  };
  try {
    return await importTracker(request);
  } catch (error) {
    throw error instanceof BadCsv ? refusedFile(error.problems, NOTHING) : error;
  }
}

/** @returns false where lines were left out. @throws CommandFailure where nothing is written, with every fault */
export async function runImport(tracker: string, options: ImportOptions): Promise<boolean> {
  const { out, dryRun, onlyGood } = options;
  if (out === undefined && !dryRun) throw new CommandFailure('Say where to write them: --out FOLDER', WRONG_USE);
  if (out !== undefined) await mustBeFree(out);
  const result = await imported(tracker, options);
  const { orders, problems } = result;
  const isRefused = problems.length > 0 && (!onlyGood || orders.length === 0);
  if (isRefused && options.json) print({ answer: { ...result, orders: [] }, text: '' }, options);
  if (isRefused) throw refusedFile(problems, NOTHING);
  const where = dryRun ? undefined : out;
  if (where !== undefined) await writeOrders(where, orders);
  const shown = orders.map(({ text: _, ...order }) => order);
  print(
    { answer: { ...result, orders: shown, ...(where && { folder: where }) }, text: importText(result, where) },
    options,
  );
  return problems.length === 0;
}
