import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readYaml, type Reading } from '../../rules/files/readYaml.js';
import { projectFolder } from '../project.js';
import { trackerColumnsSchema, type TrackerColumns } from './columnsSchema.js';

/** The columns that ship with the product. */
const SHIPPED = path.join(projectFolder, 'config/tracker/columns.yaml');

/** What the columns of a tracker mean, as a person has written it. @param file its name, for messages */
export const columnsInText = (text: string, file: string): Reading<TrackerColumns> =>
  readYaml(text, file, trackerColumnsSchema);

/** The same where nobody says otherwise. */
export const shippedColumns = async (): Promise<Reading<TrackerColumns>> =>
  columnsInText(await readFile(SHIPPED, 'utf8'), SHIPPED);
