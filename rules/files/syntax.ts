import type { LineCounter, YAMLParseError } from 'yaml';
import type { FileProblem } from './problem.js';

/** An error or a warning of the parser. */
export type SyntaxFault = Pick<YAMLParseError, 'code' | 'message' | 'pos'>;

/** Errors of YAML itself in plain English, by the parser's codes; for the others its own words have to do. */
const words: Partial<Record<YAMLParseError['code'], { what: string; fix: string }>> = {
  TAB_AS_INDENT: { what: 'a tab cannot indent', fix: 'use spaces' },
  MULTIPLE_DOCS: { what: 'the file holds more than one document', fix: 'write each to a file of its own' },
  TAG_RESOLVE_FAILED: { what: 'tags like !this have no meaning here', fix: 'take the tag out' },
  MISSING_CHAR: { what: 'a closing quote or bracket is missing', fix: 'add it' },
  BAD_INDENT: {
    what: 'the indentation does not fit, or a closing bracket is missing',
    fix: 'line it up with its neighbours',
  },
};

/** @param text the whole file, for the name of a key that is there twice */
export function syntaxProblem(
  { code, message, pos }: SyntaxFault,
  file: string,
  text: string,
  lines: LineCounter,
): FileProblem {
  const { line, col } = lines.linePos(pos[0]);
  const at = { file, line, column: col };
  if (code === 'DUPLICATE_KEY') {
    const field = /^[\w-]+/.exec(text.slice(pos[0]))?.[0] ?? '';
    return { ...at, field, what: 'this key is there twice', fix: 'remove one of the two' };
  }
  return { ...at, field: '', ...(words[code] ?? { what: message, fix: 'correct the YAML here' }) };
}
