/** The portfolio for people: as a table for the terminal, and as CSV for a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { table } from './table.js';
import type { listView } from './views.js';

type Page = z.infer<typeof listView>;
type Row = Page['migrations'][number];

const slackOf = ({ standing }: Row): string =>
  standing?.slackWorkingDays === undefined ? '' : String(standing.slackWorkingDays);

/** Slack is in working days until the next deadline; negative when it has passed. */
export function listTable({ migrations, total }: Page): string {
  const isLinked = migrations.some(({ instanceId }) => instanceId !== undefined);
  const head = ['Next deadline', 'Slack', 'Rating', 'Milestone', 'Practice', 'Phase', 'Status', 'Slipped', 'Migration'];
  const rows = migrations.map((each) => [
    each.nextDeadlineOn ?? '',
    slackOf(each),
    each.standing?.rating ?? '',
    each.nextMilestoneId ?? '',
    each.practiceName,
    each.phase,
    each.status,
    each.slipped === 0 ? '' : String(each.slipped),
    each.migrationId,
    ...(isLinked ? [each.instanceId ?? ''] : []),
  ]);
  const shown = table(isLinked ? [...head, 'Instance'] : head, rows);
  return total > rows.length ? `${shown}\n${rows.length} of ${total}; see --limit.` : shown;
}

const columns: [string, (row: Row) => string | undefined][] = [
  ['odsCode', (row) => row.odsCode],
  ['practice', (row) => row.practiceName],
  ['migrationId', (row) => row.migrationId],
  ['status', (row) => row.status],
  ['phase', (row) => row.phase],
  ['onHoldSince', (row) => row.onHoldSince],
  ['rating', (row) => row.standing?.rating],
  ['reason', (row) => row.standing?.reason],
  ['slackWorkingDays', slackOf],
  ['nextDeadlineOn', (row) => row.nextDeadlineOn],
  ['nextMilestone', (row) => row.nextMilestoneId],
  ['slipped', (row) => String(row.slipped)],
  ['delayHolders', (row) => row.delayHolders?.join(' ')],
  ['owner', (row) => row.owner],
  ['icb', (row) => row.icb],
  ['sourceSupplier', (row) => row.sourceSupplierId],
  ['targetSupplier', (row) => row.targetSupplierId],
  ['instance', (row) => row.instanceId],
  ['initialDataProduction', (row) => row.anchors['initialDataProduction']?.on],
  ['finalDataProduction', (row) => row.anchors['finalDataProduction']?.on],
  ['goLive', (row) => row.anchors['goLive']?.on],
];

/** One line a migration under a line of names. A cell that a spreadsheet would take for a formula is kept from being one. */
export function listCsv({ migrations }: Page): string {
  const rows = migrations.map((row) => columns.map(([, valueOf]) => valueOf(row) ?? ''));
  return stringify([columns.map(([name]) => name), ...rows], { escape_formulas: true });
}
