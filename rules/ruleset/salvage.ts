/** What can still be checked of a file of rules that has wrong fields, so that all its errors are told at once. */
import type { z } from 'zod';
import type { Problem } from '../plan/types.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface SalvagedRules<T> {
  value: T;
  /** False for a problem that may follow from a broken place alone. */
  isTrusted: (problem: Problem) => boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);

const isSlug = (value: unknown): value is string => typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(value);

/** Takes the place of a rule that cannot be read, so that the others keep their numbers and can be counted from it. */
function standInRule(broken: unknown, index: number): object {
  const [id, ladder] = [at(broken, ['id']), at(broken, ['ladder'])];
  return {
    id: isSlug(id) ? id : `unreadable-${index}`,
    title: 'unreadable',
    action: 'unreadable',
    section: 'unreadable',
    source: 'unreadable',
    kind: 'task',
    holder: 'csu',
    due: { from: 'goLive', amount: 0, unit: 'days' },
    ladder: isSlug(ladder) ? ladder : 'unreadable',
  };
}

/** Of a change that cannot be read, only the rule is known. */
function standInChange(broken: unknown): object | undefined {
  const rule = at(broken, ['rule']);
  return isSlug(rule) ? { rule, title: 'unreadable', source: 'unreadable' } : undefined;
}

const standInLadder = [{ id: 'unreadable', workingDays: 0, type: 'reminder', to: 'csuOperator' }];

/** Values that no check looks at beside their own form. */
const plain: Readonly<Record<string, unknown>> = {
  id: 'unreadable',
  version: '0.0.0',
  title: 'unreadable',
  source: 'unreadable',
  sendAt: '00:00',
  workUntil: '23:59',
  spreadMinutes: 0,
  level: 'region',
};

/** Lists and groups that can be left out; what would be said of the whole of them is then not told. */
const leftOut: readonly PropertyKey[] = ['usualDurations', 'counters', 'knownIssues', 'blackouts', 'noticePeriods'];

/** Leaves out or replaces what an issue is about. @returns the broken place, or undefined where nothing can be left out */
function mend(rules: Record<string, unknown>, issue: Issue): Path | undefined {
  const [field, entry] = issue.path;
  if (issue.code === 'unrecognized_keys') {
    const holder = at(rules, issue.path);
    if (isRecord(holder)) for (const key of issue.keys) Reflect.deleteProperty(holder, key);
    return [...issue.path, ...issue.keys];
  }
  if (field === 'rules' && typeof entry === 'number' && Array.isArray(rules['rules'])) {
    rules['rules'][entry] = standInRule(rules['rules'][entry], entry);
    return ['rules', entry];
  }
  if (field === 'changes' && typeof entry === 'number' && Array.isArray(rules['changes'])) {
    const standIn = standInChange(rules['changes'][entry]);
    if (standIn !== undefined) rules['changes'][entry] = standIn;
    return standIn && ['changes', entry];
  }
  if (field === 'ladders' && typeof entry === 'string' && isRecord(rules['ladders'])) {
    rules['ladders'][entry] = standInLadder;
    return ['ladders', entry];
  }
  if (typeof field === 'string' && field in plain && issue.path.length === 1) {
    rules[field] = plain[field];
    return [field];
  }
  if (field === 'callAfterChases') return Reflect.deleteProperty(rules, field) ? [field] : undefined;
  if (field === undefined || !leftOut.includes(field) || rules[String(field)] === undefined) return undefined;
  rules[String(field)] = Array.isArray(rules[String(field)]) ? [] : {};
  return [field];
}

const startsWith = (path: Path, start: Path): boolean => start.every((key, index) => path[index] === key);

/**
 * The rules without their broken places, where enough is left of them.
 *
 * @param value what the file holds
 * @param issues all that the schema found wrong
 */
export function salvageRules<T extends z.ZodType>(
  value: unknown,
  issues: readonly Issue[],
  schema: T,
): SalvagedRules<z.output<T>> | undefined {
  const copy: unknown = structuredClone(value);
  if (!isRecord(copy)) return undefined;
  const broken = issues.map((issue) => mend(copy, issue));
  const parsed = schema.safeParse(copy);
  if (!parsed.success || broken.includes(undefined)) return undefined;
  const places = broken.flatMap((path) => (path === undefined ? [] : [path]));
  const lists = places.map(([field]) => field);
  const isTrusted = ({ path = [], severity }: Problem): boolean =>
    severity === 'error' &&
    !places.some((place) => startsWith(path, place)) &&
    // A ladder that stands in for another says nothing about who uses it, and nor do counters that are left out.
    !(lists.includes('ladders') && path.at(-1) === 'ladder') &&
    !(lists.includes('counters') && path.includes('counters')) &&
    !(lists.includes('noticePeriods') && path[0] === 'noticePeriods');
  return { value: parsed.data, isTrusted };
}
