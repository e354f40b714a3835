import { z } from 'zod';
import { line, lineOrNothing, words } from '../rules/order/fields.js';

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

/** One line of text, as orders have it: no control or broken characters, and none that turns the reading direction. */
export const textLine = line;

/** What is looked for in the register: it may be empty, as forms send it. */
export const wantedText = lineOrNothing;

/** The same in people's own words, where no number of a patient may slip in. */
export const freeText = words;
