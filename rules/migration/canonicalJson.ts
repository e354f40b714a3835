/** JSON that has one spelling only, and that every store of ours gives back unchanged: what the audit's hashes cover. */

const DEEPEST = 32;
const TOO_DEEP = '… (nested too deeply to keep)';

/** NUL, and halves of surrogate pairs: neither PostgreSQL's text nor its jsonb can hold them. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** The text with U+FFFD in place of every character that no database of ours can hold. */
export function storableText(text: string): string {
  return text.replace(UNSTORABLE, '\uFFFD');
}

/**
 * The value as a JSON store gives it back: no undefined members, numbers finite, texts storable, at most 32 levels deep.
 * Suppliers' webhooks carry data of any shape, and one bad character must not keep a record out of the audit.
 */
export function storableJson(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === DEEPEST) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((item: unknown) => storableJson(item, depth + 1));
  return storableMembers(value, depth);
}

/** `storableJson` of an object's members. */
export function storableMembers(members: object, depth = 0): Record<string, unknown> {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [storableText(key), storableJson(value, depth + 1)]));
}

/** Canonical text of a storable value: no spaces, members sorted by UTF-16 code units, numbers as ECMAScript writes them (RFC 8785). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
