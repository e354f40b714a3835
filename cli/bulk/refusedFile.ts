import { formatProblem, type FileProblem } from '../../rules/files/problem.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** Everything that is wrong with a file, one fault on a line. @param nothing its first line: `Nothing was begun:` */
export function refusedFile(problems: readonly FileProblem[], nothing: string): CommandFailure {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return new CommandFailure([nothing, ...sorted.map((each) => `  ${formatProblem(each)}`)].join('\n'), WRONG_USE);
}
