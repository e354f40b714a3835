/** The calendar of an operator: the days of all their practices, as the register has them. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Day } from '../calendar/day.js';
import type { MigrationRow, MilestoneRow } from '../migration/records.js';
import type { MigrationState, MigrationStatus, MilestoneStatus } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import { domainOf, entryDays, entryOf, type CalendarEntry } from './entry.js';
import { offAtMs, runningChangedAtMs, runningSequence, sequenceOfEnd } from './marks.js';

/**
 * Stands for an operator where their address must not: SHA-256, in hex, of the address in small letters. Whoever knows an
 * address can compute it, so it opens nothing.
 */
export const operatorKeyOf = (email: string): string =>
  bytesToHex(sha256(utf8ToBytes(`operator\n${email.trim().toLowerCase()}`)));

/** What the register keeps of a migration for its operator's calendar. */
export function calendarOfMigration({
  directory,
  closedAtMs,
}: MigrationState): Pick<MigrationRow, 'operatorKey' | 'mailDomain' | 'closedAtMs'> {
  const { email } = directory.contacts.csuOperator;
  return {
    ...(email !== undefined && { operatorKey: operatorKeyOf(email) }),
    mailDomain: domainOf(directory.csu.mailbox),
    ...(closedAtMs !== undefined && { closedAtMs }),
  };
}

/** And of a milestone. The end of the migration is counted in when it is read: then no row has to be written for it. */
export const calendarOfMilestone = (
  state: MigrationState,
  milestone: PlannedMilestone,
): Pick<MilestoneRow, 'calendarSequence' | 'calendarChangedAtMs'> => ({
  calendarSequence: runningSequence(state, milestone),
  calendarChangedAtMs: runningChangedAtMs(state, milestone),
});

/** One milestone with what is needed of its migration. */
export interface CalendarRow {
  migrationId: string;
  practiceName: string;
  mailDomain: string;
  migrationStatus: MigrationStatus;
  closedAtMs?: number;
  milestoneId: string;
  title: string;
  holderName: string;
  opensOn?: Day;
  dueOn: Day;
  provisional: boolean;
  status: MilestoneStatus;
  settledOn?: Day;
  calendarSequence: number;
  calendarChangedAtMs: number;
}

/** The entry of a row: the same UID, days and SEQUENCE as in the practice's own calendar, in fewer words. */
export function rowEntry(row: CalendarRow): CalendarEntry[] {
  const { migrationId, practiceName, mailDomain: domain, migrationStatus: status, closedAtMs } = row;
  const days = entryDays(row);
  if (days === undefined) return [];
  const { milestoneId, title, provisional, settledOn, holderName } = row;
  return [
    entryOf(
      { migrationId, practiceName, domain },
      {
        milestoneId,
        title,
        ...days,
        provisional,
        settledOn,
        status: row.status,
        isOff: status === 'cancelled',
        sequence: row.calendarSequence + sequenceOfEnd(status, row.status),
        changedAtMs: Math.max(
          row.calendarChangedAtMs,
          offAtMs({ status, ...(closedAtMs !== undefined && { closedAtMs }) }),
        ),
        lines: [`Who: ${holderName}`, `More: leadtime show ${migrationId}`],
      },
    ),
  ];
}
