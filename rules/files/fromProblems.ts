import type { Problem } from '../plan/types.js';
import type { Locate } from './locate.js';
import { fieldName, type FileProblem } from './problem.js';

/** A problem of a plan or rule set, at its line of the file that it comes from. What to do is in its message already. */
export function fileProblem({ path = [], message }: Problem, file: string, locate: Locate): FileProblem {
  return { file, ...locate(path), field: fieldName(path), what: message, fix: '' };
}
