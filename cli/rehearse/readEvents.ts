import { fieldName, formatProblem, type FileProblem } from '../../rules/files/problem.js';
import { readYaml } from '../../rules/files/readYaml.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { eventsSchema } from '../../rules/rehearsal/eventsSchema.js';
import { scriptOf, type Script } from '../../rules/rehearsal/script.js';
import { BadOrder } from '../plan/load.js';
import { readTextFile } from '../readTextFile.js';

/**
 * Reads an events file for a migration. Entries that are not in order of time are put in order, with a warning.
 *
 * @throws BadOrder with every problem of the file at its line, CommandFailure for a file that cannot be read
 */
export async function readEvents(file: string, start: MigrationState): Promise<Script> {
  const reading = readYaml(await readTextFile(file, 'an events file'), file, eventsSchema);
  if (!reading.ok) throw new BadOrder(reading.problems);
  const script = scriptOf(reading.value, start);
  const problemAt = (path: (string | number)[], what: string, fix: string): FileProblem => ({
    file,
    ...reading.locate(path),
    field: fieldName(path),
    what,
    fix,
  });
  const problems = script.problems.map(({ path, what, fix }) => problemAt(path, what, fix));
  if (problems.length > 0) throw new BadOrder(problems);
  for (const index of script.outOfOrder) {
    const problem = problemAt([index, 'at'], 'is earlier than an entry above it', 'it happens in its turn');
    process.stderr.write(`warning: ${formatProblem(problem)}\n`);
  }
  return script;
}
