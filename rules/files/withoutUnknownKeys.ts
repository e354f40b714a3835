import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * A copy of a file's value without the keys that a schema does not know, so that the rest can be checked in the same go.
 *
 * @returns undefined where something else is wrong too: a value that was left out would then be missed for no reason
 */
export function withoutUnknownKeys(value: unknown, issues: readonly Issue[]): unknown {
  const copy: unknown = structuredClone(value);
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') return undefined;
    const holder = issue.path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), copy);
    if (isRecord(holder)) for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  return copy;
}
