/** How many Initial data productions suppliers can do on a day, as they have told the CSU. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { formatProblem, type FileProblem } from '../rules/files/problem.js';
import { readYaml } from '../rules/files/readYaml.js';
import { slugSchema, words } from '../rules/order/fields.js';
import { kept } from './kept.js';

export const capacitiesSchema = z.strictObject({
  capacities: z.array(
    z.strictObject({
      /** The supplier's id in orders. */
      supplier: slugSchema,
      /** Practices of which it can produce the data on one day. */
      perDay: z.int().min(1).max(1_000),
      /** Where that is stated. */
      source: words(),
    }),
  ),
});

/** By the supplier's id. A supplier that has stated nothing is not among them. */
export type Capacities = ReadonlyMap<string, { perDay: number; source: string }>;

/** The file of capacities cannot be used. */
export class CapacitiesError extends Error {
  override readonly name = 'CapacitiesError';

  constructor(problems: readonly FileProblem[]) {
    super(['The file of capacities cannot be used:', ...problems.map(formatProblem)].join('\n'));
  }
}

const problemAt = (file: string, what: string, fix: string): FileProblem => ({
  file,
  line: 1,
  column: 1,
  field: '',
  what,
  fix,
});

async function readCapacities(file: string): Promise<Capacities> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new CapacitiesError([problemAt(file, 'cannot be read', 'LEADTIME_CAPACITIES must name it')]);
  const reading = readYaml(text, file, capacitiesSchema);
  if (!reading.ok) throw new CapacitiesError(reading.problems);
  const { capacities } = reading.value;
  const twice = capacities.filter(
    ({ supplier }, index) => capacities.findIndex((each) => each.supplier === supplier) < index,
  );
  if (twice.length === 0) return new Map(capacities.map(({ supplier, ...stated }) => [supplier, stated]));
  throw new CapacitiesError(
    twice.map(({ supplier }) => problemAt(file, `"${supplier}" is there twice`, 'keep one of the two')),
  );
}

/**
 * What suppliers have stated, read anew every few seconds: a change needs no restart.
 *
 * @param file undefined where nothing is stated
 * @throws CapacitiesError at a use, with every problem of the file
 */
export function createCapacities(file: string | undefined): () => Promise<Capacities> {
  const read = kept(readCapacities);
  return async () => (file === undefined ? new Map() : read(file));
}
