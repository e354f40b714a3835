import { z } from 'zod';

const MAX_DEPTH = 8;
/** NUL, and halves of surrogate pairs: legal in JSON text, refused by PostgreSQL. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Keys are text that is stored as well. */
const childrenOf = (value: object): unknown[] => Object.entries(value).flat(1);

function isStorable(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return !UNSTORABLE.test(value);
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && childrenOf(value).every((child) => isStorable(child, depth - 1));
}

/** Free data that goes into history and register: nothing nested too deep to walk, nothing a database refuses. */
export const plainJsonSchema = z.record(z.string(), z.unknown()).refine((data) => isStorable(data, MAX_DEPTH), {
  message: `must be nested at most ${MAX_DEPTH} deep, with finite numbers and no control character NUL`,
});

/** One line of text as people write it: no control characters, no broken characters. */
export const textLine = (max = 200) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max)
    .regex(/^[^\p{Cc}\p{Surrogate}]*$/u, 'must be one line without control characters');
