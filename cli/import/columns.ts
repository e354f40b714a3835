import type { TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { columnsInText, shippedColumns } from '../../config/tracker/loadColumns.js';
import { refusedFile } from '../bulk/refusedFile.js';
import { readTextFile } from '../readTextFile.js';

/** What the columns of a tracker mean: by a file of the reader's own, else by ours. @throws CommandFailure with every fault */
export async function loadColumns(file: string | undefined): Promise<TrackerColumns> {
  const isOurs = file === undefined;
  const reading = isOurs ? await shippedColumns() : columnsInText(await readTextFile(file, 'a columns file'), file);
  if (reading.ok) return reading.value;
  throw refusedFile(reading.problems, 'The columns file cannot be used:');
}
