import type { Day } from '../calendar/day.js';
import type { MigrationRow, MilestoneRow } from '../migration/records.js';

/** An open milestone that somebody may have to be rung about, as the register has it. */
export interface RingRow extends Pick<
  MilestoneRow,
  'milestoneId' | 'kind' | 'title' | 'holder' | 'holderName' | 'partyId' | 'anchor' | 'dueOn'
> {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  /** The day of its anchor. */
  anchorOn?: Day;
  /** Of the migration: the next that an anchor cannot be met without. */
  criticalMilestoneId?: MigrationRow['criticalMilestoneId'];
  /** Somebody at the CSU has been asked by mail to tell or ring the party. */
  isCallTask: boolean;
}
