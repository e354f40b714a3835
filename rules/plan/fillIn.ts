/** Texts of a rule set, with blanks for names. */

type Names = Partial<Record<'party' | 'product' | 'site' | 'extract', string | undefined>>;

/** Texts come from rule sets, so there are few of them, and each is filled in for every party of every plan. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 2_000;

/** Fills `{party}`, `{product}`, `{site}` and `{extract}` in a text of the rule set; a blank without a name stays as it is. */
export function fillIn(text: string, names: Names): string {
  const parts = partsOf(text);
  const byName: Readonly<Record<string, string | undefined>> = names;
  let filled = '';
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? '';
    filled += isBlank(index) ? (byName[part] ?? `{${part}}`) : part;
  }
  return filled;
}

/** A text as what stands between the blanks, and, at every second place, the name of the blank. */
function partsOf(text: string): readonly string[] {
  const found = known.get(text);
  if (found !== undefined) return found;
  // Orders can change texts, and a worker runs for months.
  if (known.size >= MOST_KNOWN) known.clear();
  const parts = text.split(/\{(party|product|site|extract)\}/);
  known.set(text, parts);
  return parts;
}

const isBlank = (index: number): boolean => index % 2 === 1;
