/** What is seen only across migrations: who holds what, and which days are crowded. Rehearsals are left out. */
import { and, asc, count, eq, isNotNull, like, min, sql } from 'drizzle-orm';
import type { Day } from '../rules/calendar/day.js';
import type { HopDone } from '../rules/turnarounds/learn.js';
import { migrations, milestones } from './schema.js';
import type { CrowdedDay, Database, Holding, PracticeConflict } from './types.js';

const ofRunning = and(eq(migrations.status, 'running'), eq(migrations.rehearsal, false));

/** Implements `Register.holdings`. Nobody owes anything when a period ends. */
export async function holdingsOn(db: Database, today: Day): Promise<Holding[]> {
  const late = sql<number>`count(*) filter (where ${milestones.dueOn} < ${today})`.mapWith(Number);
  const rows = await db
    .select({
      holder: milestones.holder,
      holderName: sql<string>`min(${milestones.holderName})`,
      migrations: sql<number>`count(distinct ${milestones.migrationId})`.mapWith(Number),
      open: count(),
      late,
      nextDueOn: min(milestones.dueOn),
    })
    .from(milestones)
    .innerJoin(migrations, eq(migrations.migrationId, milestones.migrationId))
    .where(and(ofRunning, eq(milestones.status, 'open'), sql`${milestones.kind} not in ('period', 'anchor')`))
    .groupBy(milestones.holder)
    .orderBy(sql`${late} desc`, asc(milestones.holder));
  return rows.map(({ nextDueOn, ...row }) => ({ ...row, ...(nextDueOn !== null && { nextDueOn }) }));
}

/** Implements `Register.crowdedDays`. */
export async function crowdedDaysFrom(db: Database, from: Day): Promise<CrowdedDay[]> {
  const on = sql<string>`${migrations.anchors} -> 'initialDataProduction' ->> 'on'`;
  return db
    .select({
      supplierId: migrations.sourceSupplierId,
      on,
      practices: sql<string[]>`array_agg(${migrations.odsCode} order by ${migrations.odsCode})`,
    })
    .from(migrations)
    .where(and(ofRunning, sql`${on} >= ${from}`))
    .groupBy(migrations.sourceSupplierId, on)
    .orderBy(asc(on), asc(migrations.sourceSupplierId));
}

/** Implements `Register.blackoutConflicts`. */
export async function blackoutConflictsFrom(db: Database, from: Day): Promise<PracticeConflict[]> {
  const { migrationId, odsCode, practiceName, blackoutConflicts } = migrations;
  const rows = await db
    .select({ migrationId, odsCode, practiceName, conflicts: blackoutConflicts })
    .from(migrations)
    .where(and(ofRunning, isNotNull(blackoutConflicts)));
  const conflicts = rows.flatMap(({ conflicts: own, ...practice }) =>
    (own ?? []).map((each) => ({ ...practice, ...each })),
  );
  return conflicts
    .filter(({ on }) => on >= from)
    .toSorted((a, b) => a.on.localeCompare(b.on) || a.odsCode.localeCompare(b.odsCode));
}

/** Implements `Register.hopsDone`. */
export async function hopsDoneIn(db: Database): Promise<HopDone[]> {
  const { migrationId, milestoneId, settledOn, settledBy } = milestones;
  const rows = await db
    .select({ migrationId, milestoneId, on: settledOn, by: settledBy, division: migrations.division })
    .from(milestones)
    .innerJoin(migrations, eq(migrations.migrationId, milestones.migrationId))
    .where(and(eq(migrations.rehearsal, false), eq(milestones.status, 'done'), like(milestoneId, 'extract.%')));
  return rows.flatMap(({ on, by, ...row }) => (on === null ? [] : [{ ...row, on, by: by ?? '' }]));
}
