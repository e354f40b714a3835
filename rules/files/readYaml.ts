import { LineCounter, parseDocument, type Document } from 'yaml';
import { strayAliases } from './aliases.js';
import type { z } from 'zod';
import { findingsOf } from './issues.js';
import { excessOf } from './limits.js';
import { locator, type Locate } from './locate.js';
import { fieldName, type FileProblem } from './problem.js';
import { syntaxProblem, type SyntaxFault } from './syntax.js';
import { plainMessage } from './words.js';

/** A value that a schema refuses, for a closer look at what is still right about it. */
export interface BrokenValue {
  value: unknown;
  issues: readonly z.core.$ZodIssue[];
  locate: Locate;
}

export type Reading<T> =
  { ok: true; value: T; locate: Locate } | { ok: false; problems: FileProblem[]; broken?: BrokenValue };

/** More than a person would write; a chain of aliases that grows without end has more. */
const MAX_ALIASES = 100;

/**
 * Reads a YAML 1.2 text (JSON is one) and checks it, with every problem of the file at once, each with its line.
 *
 * @param fileName how the reader of the messages knows the file
 * @returns the checked value, and where its fields are in the text, so that later checks can name lines too
 */
export function readYaml<T extends z.ZodType>(text: string, fileName: string, schema: T): Reading<z.output<T>> {
  const lines = new LineCounter();
  const excess = excessOf(text);
  if (excess !== undefined) return refusedWhole(fileName, text, excess);
  const document = parseDocument(text, { version: '1.2', schema: 'core', lineCounter: lines, prettyErrors: false });
  const syntax: SyntaxFault[] = [document.errors, document.warnings].flat();
  const problems = syntax.map((error) => syntaxProblem(error, fileName, text, lines));
  // The rest of a file with a key too many still means something; that of any other broken file does not.
  if (syntax.some(({ code }) => code !== 'DUPLICATE_KEY')) return { ok: false, problems };
  const read = valueOf(document);
  if (typeof read === 'string') {
    const stray = strayAliases(document, lines).map((alias) => ({ file: fileName, field: '', ...alias }));
    if (stray.length > 0) return { ok: false, problems: [...problems, ...stray].toSorted((a, b) => a.line - b.line) };
    return refusedWhole(fileName, text, { at: 0, what: read, fix: 'write it out instead' });
  }
  const locate = locator(document, lines);
  return check(read.value, { fileName, schema, locate, problems });
}

interface Check<T> {
  fileName: string;
  schema: T;
  locate: Locate;
  problems: FileProblem[];
}

function check<T extends z.ZodType>(
  value: unknown,
  { fileName, schema, locate, problems }: Check<T>,
): Reading<z.output<T>> {
  const parsed = schema.safeParse(value, { error: plainMessage });
  const issues = parsed.success ? [] : parsed.error.issues;
  const found = issues
    .flatMap((issue) => findingsOf(issue, value, schema))
    .map(({ path, what, fix }) => ({ file: fileName, ...locate(path), field: fieldName(path), what, fix }));
  const all = [...problems, ...found].toSorted((a, b) => a.line - b.line || a.column - b.column);
  if (parsed.success && all.length === 0) return { ok: true, value: parsed.data, locate };
  return { ok: false, problems: all, broken: { value, issues, locate } };
}

/** The text's value, or why it has none: what cannot be known before it is put together. */
function valueOf(document: Document): { value: unknown } | string {
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }) };
  } catch (error) {
    if (error instanceof ReferenceError) return `an alias (*name) cannot be followed: ${error.message}`;
    throw error;
  }
}

function refusedWhole(
  file: string,
  text: string,
  { at, what, fix }: { at: number; what: string; fix: string },
): { ok: false; problems: FileProblem[] } {
  const before = text.slice(0, at).split('\n');
  const position = { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  return { ok: false, problems: [{ file, ...position, field: '', what, fix }] };
}
