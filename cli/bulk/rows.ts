/** Rows for the API from a CSV file on this machine. */
import { stat } from 'node:fs/promises';
import { BadCsv } from '../../api/bulk/csv.js';
import {
  adoptRows as adoptRowsOf,
  cancelRows as cancelRowsOf,
  doneRows as doneRowsOf,
  redateRows as redateRowsOf,
  type AdoptRowOptions,
  type CsvText,
  type MoveRowOptions,
} from '../../api/bulk/csvRows.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { readTextFile } from '../readTextFile.js';
import { refusedFile } from './refusedFile.js';

const MEBIBYTE = 1024 * 1024;
const MOST_MEBIBYTES = 4;

async function textOf(file: string): Promise<string> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size <= MOST_MEBIBYTES * MEBIBYTE) return readTextFile(file, 'a CSV file');
  throw new CommandFailure(`${file} is larger than ${MOST_MEBIBYTES} MiB: make several files of it`, WRONG_USE);
}

/** @throws CommandFailure with every fault of the file */
async function rowsOf(file: string, read: (csv: CsvText) => object[]): Promise<object[]> {
  const text = await textOf(file);
  try {
    return read({ text, file });
  } catch (error) {
    throw error instanceof BadCsv ? refusedFile(error.problems, 'Nothing was begun:') : error;
  }
}

/** `practice,milestone,date,…`: what is done. @throws CommandFailure */
export const doneRows = (file: string): Promise<object[]> => rowsOf(file, doneRowsOf);

/** `practice,reason`: which migrations are off. @throws CommandFailure */
export const cancelRows = (file: string, said: { reason?: string }): Promise<object[]> =>
  rowsOf(file, (csv) => cancelRowsOf(csv, said));

/** `practice,reason`: which migrations adopt the rules and the calendar in use. @throws CommandFailure */
export const adoptRows = (file: string, said: AdoptRowOptions): Promise<object[]> =>
  rowsOf(file, (csv) => adoptRowsOf(csv, said));

/** `practice,anchor,date,reason`: which days move where. @throws CommandFailure */
export const redateRows = (file: string, options: MoveRowOptions): Promise<object[]> =>
  rowsOf(file, (csv) => redateRowsOf(csv, options));
