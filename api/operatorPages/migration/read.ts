/** What a migration's pages are made of, from the operators' API. */
import type { z } from 'zod';
import { todayInLondon } from '../../../config/today.js';
import type { Day } from '../../../rules/calendar/day.js';
import { listAnswer, migrationAnswer, timelineAnswer } from '../../answers/migrations.js';
import { Refused, type Desk } from '../desk.js';

export type Shown = z.infer<typeof migrationAnswer>;
export type Entry = z.infer<typeof timelineAnswer>['timeline'][number];
export type Standing = NonNullable<z.infer<typeof listAnswer>['migrations'][number]['standing']>;

export interface MigrationRead {
  migration: Shown['migration'];
  milestones: Shown['milestones'];
  /** By milestone; empty while the migration itself cannot be asked. */
  timeline: ReadonlyMap<string, Entry>;
  standing?: Standing;
  /** Of its workflow, among Temporal's own pages. */
  temporalPage?: string;
  /** By which what is late is late. A rehearsal's own day is not known here. */
  today?: Day;
}

const path = (id: string): string => `/migrations/${encodeURIComponent(id)}`;

/** What only the migration itself knows; the register shows the rest, also while the migration cannot be reached. */
async function timelineOf(desk: Desk, id: string): Promise<Entry[]> {
  try {
    return (await desk.get(`${path(id)}/timeline`, timelineAnswer)).timeline;
  } catch (error) {
    if (error instanceof Refused && [404, 503].includes(error.status)) return [];
    throw error;
  }
}

async function standingOf(
  desk: Desk,
  { migrationId, odsCode, rehearsal }: Shown['migration'],
): Promise<Standing | undefined> {
  if (rehearsal) return undefined;
  const { migrations } = await desk.get(`/migrations?search=${odsCode}`, listAnswer);
  return migrations.find((each) => each.migrationId === migrationId)?.standing;
}

/** Names of parties by their ids, as far as the register has them. */
export function partyNames({ migration, milestones }: MigrationRead): (partyId: string) => string | undefined {
  const { sourceSupplierId, sourceSupplierName, targetSupplierId, targetSupplierName } = migration;
  const names = new Map<string, string | undefined>(milestones.map(({ holder, holderName }) => [holder, holderName]));
  names.set(sourceSupplierId, sourceSupplierName ?? names.get(sourceSupplierId));
  names.set(targetSupplierId, targetSupplierName ?? names.get(targetSupplierId));
  return (partyId) => names.get(partyId);
}

/** @throws Refused where there is no such migration */
export async function readMigration(desk: Desk, id: string): Promise<MigrationRead> {
  const { migration, milestones, temporalPage } = await desk.get(path(id), migrationAnswer);
  const { migrationId, rehearsal } = migration;
  const [entries, standing] = await Promise.all([timelineOf(desk, migrationId), standingOf(desk, migration)]);
  return {
    migration,
    milestones,
    timeline: new Map(entries.map((entry) => [entry.milestoneId, entry])),
    ...(standing && { standing }),
    ...(temporalPage !== undefined && { temporalPage }),
    ...(!rehearsal && { today: todayInLondon() }),
  };
}
