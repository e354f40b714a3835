export type Path = readonly PropertyKey[];

export interface Position {
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
}

/** Something wrong in a file that a person wrote: where, what is wrong, and what to do. */
export interface FileProblem extends Position {
  /** The name by which the reader of the message knows the file. */
  file: string;
  /** `parties[2].noticePeriod`; empty for the file as a whole. */
  field: string;
  what: string;
  fix: string;
}

/** A path as people write it: `['parties', 2, 'noticePeriod']` is `parties[2].noticePeriod`. */
export function fieldName(path: Path): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}

/** What a file holds must not steer the terminal that a message about it is read in, nor break its line. */
const harmless = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu, ' ');

/** One line: `order.yaml:14: parties[2].noticePeriod: nobody has said …; add …`. */
export function formatProblem({ file, line, field, what, fix }: FileProblem): string {
  const where = [`${file}:${line}`, ...(field === '' ? [] : [field])].join(': ');
  return harmless(`${where}: ${[what, ...(fix === '' ? [] : [fix])].join('; ')}`);
}
