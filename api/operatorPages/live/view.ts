/** For the layout: where a page hears of changes, and what it shows now. */
import { bulkHref, type Operation } from '../bulk/view.js';
import { hrefOf } from '../migration/frame.js';
import type { Shown } from '../migration/read.js';
import { bulkVersion, migrationVersion } from './look.js';

interface LiveView {
  href: string;
  version: string;
}

export const liveMigration = (migration: Shown['migration']): LiveView => ({
  href: `${hrefOf(migration.migrationId)}/live`,
  version: migrationVersion(migration),
});

export const liveBulk = (operation: Operation): LiveView => ({
  href: `${bulkHref(operation.bulkId)}/live`,
  version: bulkVersion(operation),
});
