import type { z } from 'zod';
import { instant } from './table.js';
import type { auditVerdictView } from './views.js';

/** Digits of a hash: enough to compare with a note. */
const SHOWN = 16;

type Verdict = z.infer<typeof auditVerdictView>;

/** The chains that are not as they were written, each with its first bad record, and how many are. */
export function verdictText(verdicts: readonly Verdict[]): string {
  const bad = verdicts.filter(({ ok }) => !ok);
  const good = verdicts.filter(({ ok }) => ok);
  const records = good.reduce((sum, each) => sum + each.records, 0);
  const alone = good.filter(({ comparedWithMigration, chain }) => !comparedWithMigration && chain !== 'system');
  return [
    ...bad.map(badText),
    `${good.length} of ${verdicts.length} chains are as they were written (${records} records).`,
    ...(alone.length === 0
      ? []
      : [
          `${alone.length} could not be compared with the migration itself, so records removed at the end need not show.`,
        ]),
    ...good.flatMap(systemText),
  ].join('\n');
}

/** Nothing but the register knows where this trail ends; a note of it, kept elsewhere, does. */
function systemText({ chain, end }: Verdict): string[] {
  if (chain !== 'system' || end === undefined) return [];
  const now = `It ends now with record ${end.seq}, ${end.hash.slice(0, SHOWN)}.`;
  return [`Records removed at the end of the system's own trail do not show. ${now}`];
}

function badText({ chain, firstBadSeq = 0, what = 'changed', record }: Verdict): string {
  const which = record === undefined ? '' : `, now "${record.type}" by ${record.actor} at ${instant(record.atMs)}`;
  return what === 'removed'
    ? `${chain}: record ${firstBadSeq} is missing.`
    : `${chain}: record ${firstBadSeq} is not what was written${which}.`;
}
