import { distance } from 'fastest-levenshtein';

/** The few known words that look most like a mistyped one, most alike first. */
export function nearest(word: string, known: readonly string[], most = 3): string[] {
  return known
    .map((candidate) => ({ candidate, edits: distance(word, candidate) }))
    .sort((a, b) => a.edits - b.edits || a.candidate.localeCompare(b.candidate))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
