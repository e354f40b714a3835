import type { ProblemCode } from '../plan/problemCodes.js';
import type { Problem } from '../plan/types.js';

export type Path = (string | number)[];

/** An order or rule set that cannot be used. The message says what is wrong, then what to do. */
export function error(code: ProblemCode, path: Path, message: string): Problem {
  return { severity: 'error', code, path, message };
}

/** Something to look at; the migration can start. */
export function warning(code: ProblemCode, path: Path, message: string): Problem {
  return { severity: 'warning', code, path, message };
}
