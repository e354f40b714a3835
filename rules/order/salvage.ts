/** What can still be checked of an order that has wrong fields, so that all its errors are told at once. */
import type { z } from 'zod';
import type { Problem } from '../plan/types.js';
import { orderSchema, type Order } from './schema.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

export interface Salvaged {
  order: Order;
  /** False for a problem about a place that is broken already: what it says may follow from that alone. */
  isTrusted: (problem: Problem) => boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);

/** Takes the place of a party that cannot be read, so that the others keep their numbers. */
const standIn = (index: number): object => ({
  id: `unreadable-${index}`,
  name: 'unreadable',
  roles: ['dataSupplier'],
  channel: 'phone',
  contact: { name: 'unreadable', phone: '0' },
  products: [],
});

/** Lists whose entries can be left out one by one; problems with the rest of such a list are then not told. */
const lists: readonly PropertyKey[] = [
  'closures',
  'blackouts',
  'alreadyDone',
  'confirmedAbsent',
  'surveyItems',
  'actions',
  'ruleChanges',
];

/** Leaves out or replaces what an issue is about. @returns the broken place, or undefined where nothing can be left out */
function mend(order: Record<string, unknown>, issue: Issue): Path | undefined {
  const [field, entry] = issue.path;
  if (issue.code === 'unrecognized_keys') {
    const holder = at(order, issue.path);
    if (isRecord(holder)) for (const key of issue.keys) Reflect.deleteProperty(holder, key);
    return [...issue.path, ...issue.keys];
  }
  if (field === 'parties' && typeof entry === 'number' && Array.isArray(order['parties'])) {
    order['parties'][entry] = standIn(entry);
    return ['parties', entry];
  }
  const anchors = order['anchors'];
  if (field === 'anchors' && entry !== undefined && isRecord(anchors)) {
    Reflect.deleteProperty(anchors, entry);
    return ['anchors', entry];
  }
  if (field === undefined || !lists.includes(field)) return undefined;
  order[String(field)] = [];
  return [field];
}

const startsWith = (path: Path, start: Path): boolean => start.every((key, index) => path[index] === key);

/** Problems that a missing party can bring about elsewhere. */
const ofParties: readonly Problem['code'][] = [
  'supplier-count',
  'unknown-holder',
  'unknown-milestone',
  'notice-missing',
];

/**
 * The order without its broken places, where enough is left of it.
 *
 * @param value what the file holds
 * @param issues all that the schema found wrong
 */
export function salvageOrder(value: unknown, issues: readonly Issue[]): Salvaged | undefined {
  const copy: unknown = structuredClone(value);
  if (!isRecord(copy)) return undefined;
  const broken = issues.map((issue) => mend(copy, issue));
  const parsed = orderSchema.safeParse(copy);
  if (!parsed.success || broken.includes(undefined)) return undefined;
  const places = broken.flatMap((path) => (path === undefined ? [] : [path]));
  const lostParty = places.some(([field, , ...rest]) => field === 'parties' && rest.length === 0);
  const isTrusted = ({ path, code }: Problem): boolean => {
    if (path === undefined || (lostParty && ofParties.includes(code) && path[0] !== 'parties')) return false;
    if (lostParty && code === 'supplier-count') return false;
    return !places.some((place) => startsWith(path, place));
  };
  return { order: parsed.data, isTrusted };
}
