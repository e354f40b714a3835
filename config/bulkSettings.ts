import type { Variables } from './environmentSchema.js';

/** How fast operations on many practices go: of each worker, over all of them together. */
export interface BulkSettings {
  /** Rows at one time. */
  atOnce: number;
  /** Rows that begin in a second. */
  perSecond: number;
}

export const bulkSettingsOf = ({
  LEADTIME_BULK_AT_ONCE: atOnce,
  LEADTIME_BULK_PER_SECOND: perSecond,
}: Pick<Variables, 'LEADTIME_BULK_AT_ONCE' | 'LEADTIME_BULK_PER_SECOND'>): BulkSettings => ({ atOnce, perSecond });
