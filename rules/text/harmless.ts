/**
 * Characters that start a new line, move the cursor or turn the reading direction: none belongs in a name or a sentence, and
 * in a subject they could forge a header.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The same text on one line and free of control characters. */
export const harmlessText = (text: string): string => text.replace(CONTROLS, ' ');

/** The same value with every text in it, at any depth, on one line and free of control characters. */
export function harmless(value: unknown): unknown {
  if (typeof value === 'string') return harmlessText(value);
  if (Array.isArray(value)) return value.map(harmless);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, harmless(member)]));
}
