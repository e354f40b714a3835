/** What stands at the top of every page of a migration. */
import { anchorNames, anchorTitles } from '../../../rules/order/anchorNames.js';
import type { Shown } from './read.js';
import { capital, dayOfInstant, phaseTitles, shortDay, suppliersWords } from '../words.js';

export type MigrationSection = 'plan' | 'week' | 'messages' | 'history';

export const hrefOf = (migrationId: string): string => `/operator/migrations/${encodeURIComponent(migrationId)}`;

const STATUS_TITLES = { running: 'Running', completed: 'Completed', cancelled: 'Cancelled' };

/** What everybody has to know who comes too late; empty while it runs. */
export function closedWords({ status, closedAtMs }: Shown['migration']): string {
  if (status === 'running') return '';
  const when = closedAtMs === undefined ? '' : ` on ${shortDay(dayOfInstant(closedAtMs))}`;
  return status === 'cancelled'
    ? `This migration was cancelled${when}: nothing can be recorded in it any more.`
    : `This migration was completed${when}: nothing can be recorded in it any more.`;
}

/** @param section whose link is the page itself; absent beneath them */
export function migrationView({ migrationId, ...row }: Shown['migration'], section?: MigrationSection): object {
  const href = hrefOf(migrationId);
  return {
    migrationId,
    href,
    practiceName: row.practiceName,
    odsCode: row.odsCode,
    status: STATUS_TITLES[row.status],
    isRunning: row.status === 'running',
    closed: closedWords({ migrationId, ...row }),
    phase: phaseTitles[row.phase] ?? row.phase,
    owner: row.owner ?? '',
    icb: row.icb,
    suppliers: suppliersWords(row),
    ruleSet: row.ruleSet,
    calendarVersion: row.calendarVersion,
    dateVersion: row.dateVersion,
    anchors: anchorNames.flatMap((name) => {
      const { on, status = 'absent' } = row.anchors[name] ?? {};
      return [{ title: capital(anchorTitles[name]), on: shortDay(on), isProvisional: status === 'provisional' }];
    }),
    sections: [
      { href, title: 'Plan', isHere: section === 'plan' },
      { href: `${href}/week`, title: 'Week', isHere: section === 'week' },
      { href: `${href}/messages`, title: 'Messages', isHere: section === 'messages' },
      { href: `${href}/history`, title: 'Audit', isHere: section === 'history' },
    ],
  };
}
