/** Order files to be started together: named one by one, or all of a folder. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { mostBulkRows } from '../../rules/bulk/bulk.js';
import type { FileProblem } from '../../rules/files/problem.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { orderSchema } from '../../rules/order/schema.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';
import { refusedFile } from './refusedFile.js';

const ORDER_FILE = /\.(?:ya?ml|json)$/i;
const MEBIBYTE = 1024 * 1024;
/** What the API takes, less what JSON adds. */
const MOST_MEBIBYTES = 14;

async function filesIn(place: string): Promise<string[]> {
  const found = await stat(place).catch(() => undefined);
  if (!found?.isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => ORDER_FILE.test(name)).toSorted();
  if (names.length > 0) return names.map((name) => path.join(place, name));
  throw new CommandFailure(`${place}: there is no order file (.yaml, .yml or .json) in this folder`, WRONG_USE);
}

interface OrderFile {
  fileName: string;
  text: string;
}

const fault = (file: string, what: string): FileProblem => ({ file, line: 1, column: 1, field: '', what, fix: '' });

async function read(file: string): Promise<OrderFile | FileProblem> {
  try {
    return { fileName: file, text: await readTextFile(file) };
  } catch (error) {
    if (error instanceof CommandFailure) return fault(file, error.message.replace(`${file}: `, ''));
    throw error;
  }
}

/** Two orders of one practice: which of them is meant? */
function problemsOf(files: readonly OrderFile[]): FileProblem[] {
  const first = new Map<string, string>();
  return files.flatMap(({ fileName, text }) => {
    const reading = readYaml(text, fileName, orderSchema);
    if (!reading.ok) return reading.problems;
    const { odsCode } = reading.value.practice;
    const before = first.get(odsCode);
    if (before === undefined) first.set(odsCode, fileName);
    return before === undefined ? [] : [fault(fileName, `is for ${odsCode}, as ${before} is: keep one of them`)];
  });
}

/** Every order, once each can be read. @throws CommandFailure with everything that is wrong with any of them */
export async function startRows(places: readonly string[], asOf: string | undefined): Promise<object[]> {
  const files = (await Promise.all(places.map(filesIn))).flat();
  if (files.length > mostBulkRows)
    throw new CommandFailure(`${files.length} orders: at most ${mostBulkRows} are started in one go`, WRONG_USE);
  const all: (OrderFile | FileProblem)[] = [];
  for (const file of files) all.push(await read(file));
  const orders = all.flatMap((each) => ('text' in each ? [each] : []));
  const unreadable = all.flatMap((each) => ('text' in each ? [] : [each]));
  const problems = [...unreadable, ...problemsOf(orders)];
  if (problems.length > 0) throw refusedFile(problems, 'Nothing was started:');
  const bytes = orders.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  if (bytes > MOST_MEBIBYTES * MEBIBYTE)
    throw new CommandFailure(
      `The orders are larger than ${MOST_MEBIBYTES} MiB together: start them in several goes`,
      WRONG_USE,
    );
  return orders.map((order) => ({ ...order, ...(asOf !== undefined && { asOf }) }));
}
