import path from 'node:path';
import { projectFolder } from '../../config/project.js';
import { trackerColumnsSchema, type TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { refusedFile } from '../bulk/refusedFile.js';
import { readTextFile } from '../readTextFile.js';

/** What the columns of a tracker mean: by a file of the reader's own, else by ours. @throws CommandFailure with every fault */
export async function loadColumns(given: string | undefined): Promise<TrackerColumns> {
  const file = given ?? path.join(projectFolder, 'config/tracker/columns.yaml');
  const reading = readYaml(await readTextFile(file, 'a columns file'), given ?? file, trackerColumnsSchema);
  if (reading.ok) return reading.value;
  throw refusedFile(reading.problems, 'The columns file cannot be used:');
}
