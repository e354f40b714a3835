import type { RehearsalSummary } from '../../rules/rehearsal/summary.js';
import { plural } from '../../rules/text/plural.js';
import { table } from '../table.js';
import { when } from './traceText.js';

function endLine({ end }: RehearsalSummary): string {
  if (end === undefined) return 'It goes on.';
  const open = end.open.length === 0 ? 'nothing is open' : `${plural(end.open.length, 'milestone')} open`;
  return `Ended ${when(end.atMs)}: ${end.status}, ${open}.`;
}

/** What a rehearsal came to: mails by kind and addressee, phases, and the end. */
export function summaryLines(summary: RehearsalSummary): string[] {
  const { wakes, mails, mailsBy, undeliverable, slipped, refused, phases } = summary;
  const rows = mailsBy
    .toSorted((a, b) => a.kind.localeCompare(b.kind) || a.to.localeCompare(b.to))
    .map(({ kind, to, count }) => [kind, to, String(count)]);
  return [
    `${plural(wakes, 'wake')}, ${plural(mails, 'mail')} (${undeliverable} undeliverable), ${plural(slipped, 'slip')}, ${plural(refused, 'refused event')}`,
    ...(rows.length === 0 ? [] : table(['Mail', 'To', 'How many'], rows).split('\n')),
    ...phases.map(({ phase, atMs }) => `${when(atMs)}  ${phase}`),
    endLine(summary),
  ];
}
