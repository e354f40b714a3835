import type { z } from 'zod';
import { nearest } from '../text/nearest.js';
import { knownKeys } from './knownKeys.js';
import type { Path } from './problem.js';
import { typeOf } from './words.js';

type Issue = z.core.$ZodIssue;

/** What a schema found wrong, at a path of the file. */
export interface Finding {
  path: Path;
  what: string;
  fix: string;
}

/** @param value the file's whole value, in which the issue's path is looked up */
export function findingsOf(issue: Issue, value: unknown, schema: z.ZodType): Finding[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(issue.path, key, schema));
  if (issue.code === 'invalid_union') return ofUnion(issue, value, schema);
  if (issue.code === 'invalid_key') return [wrongKey(issue)];
  return [ofValue(issue, valueAt(value, issue.path))];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (isIndexable(inner) ? inner[String(key)] : undefined), value);
}

const isIndexable = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function unknownKey(path: Path, key: string, schema: z.ZodType): Finding {
  const known = knownKeys(schema, path);
  const [best] = nearest(key, known, 1);
  if (best === key)
    return { path: [...path, key], what: `"${key}" does not go with the other keys here`, fix: 'take it out, or them' };
  const fix = best === undefined ? 'take it out' : `did you mean "${best}"? Known here: ${known.join(', ')}`;
  return { path: [...path, key], what: `there is no key "${key}" here`, fix };
}

function wrongKey({ path, issues }: Issue & { code: 'invalid_key' }): Finding {
  const key = String(path.at(-1) ?? '');
  return { path, what: `"${key}" cannot be a key here`, fix: asFix(issues[0]?.message ?? 'correct it') };
}

/** Of several shapes the one with the fewest problems is probably meant; where none fits at all, each is named. */
function ofUnion(issue: Issue & { code: 'invalid_union' }, value: unknown, schema: z.ZodType): Finding[] {
  const isFlat = issue.errors.every(([first, second]) => first?.path.length === 0 && second === undefined);
  const best = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
  if (isFlat || best.length === 0) {
    const wanted = [...new Set(issue.errors.flatMap(([first]) => first?.message ?? []))].join(', or ');
    return [ofValue({ message: wanted, path: issue.path }, valueAt(value, issue.path))];
  }
  return best.flatMap((inner) => findingsOf({ ...inner, path: [...issue.path, ...inner.path] }, value, schema));
}

function ofValue({ path, message }: { path: Path; message: string }, value: unknown): Finding {
  if (path.length === 0 && (value === undefined || value === null))
    return { path, what: 'the file is empty', fix: 'check that it is the right file' };
  if (value === undefined || value === null) return { path, what: 'missing', fix: `add it: ${asFix(message)}` };
  if (!/^(must|use) /.test(message)) return { path, what: message, fix: 'correct it' };
  return { path, what: `${shown(value)} is not right`, fix: `${asFix(message)}${quoteHint(value, message)}` };
}

const asFix = (message: string): string => message.replace(/^must /, 'it must ');

function shown(value: unknown): string {
  if (typeof value === 'string') return value.trim() === '' ? 'empty text' : `"${short(value)}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeOf(value);
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** YAML reads 0123 and true as something else than text. */
function quoteHint(value: unknown, message: string): string {
  const isBare = typeof value === 'number' || typeof value === 'boolean';
  return isBare && /text|written|like/.test(message) ? ': put it in quotes' : '';
}
