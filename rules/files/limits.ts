import { CST, Lexer } from 'yaml';

export const MAX_BYTES = 1024 * 1024;

/** Far more than any file of ours has. */
const MAX_DEPTH = 50;
const MAX_INDENT = 200;

export interface Excess {
  /** Offset in the text at which the limit was passed. */
  at: number;
  what: string;
  fix: string;
}

/**
 * Refuses a text that would cost the process its memory or its stack, before anything recursive reads it: a file of only
 * opening brackets ends the whole process.
 */
export function excessOf(text: string): Excess | undefined {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES)
    return { at: 0, what: 'the file is larger than 1 MiB', fix: 'check that it is the right file' };
  const at = tooDeepAt(text);
  return at === undefined
    ? undefined
    : { at, what: `this is nested more than ${MAX_DEPTH} levels deep`, fix: 'check the brackets and the indentation' };
}

/** Depth in brackets, and markers in front of one another on a line (`- - -`), each counted by the YAML lexer. */
function tooDeepAt(text: string): number | undefined {
  const indented = new RegExp(`^ {${MAX_INDENT}}`, 'm').exec(text);
  if (indented !== null) return indented.index;
  let [offset, brackets, markers] = [0, 0, 0];
  for (const source of new Lexer().lex(text)) {
    const type = CST.tokenType(source);
    if (type === 'flow-seq-start' || type === 'flow-map-start') brackets += 1;
    if (type === 'flow-seq-end' || type === 'flow-map-end') brackets -= 1;
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') markers += 1;
    if (type === 'newline') markers = 0;
    if (brackets > MAX_DEPTH || markers > MAX_DEPTH) return offset;
    // Marks of the lexer's own that are not in the text.
    if (type !== 'doc-mode' && type !== 'flow-error-end' && type !== 'scalar') offset += source.length;
  }
  return undefined;
}
