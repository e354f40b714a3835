/** What somebody may have to be rung about, over all running migrations. */
import { and, asc, eq, ne, or, sql } from 'drizzle-orm';
import type { Day } from '../rules/calendar/day.js';
import type { RingRow } from '../rules/meeting/ringRow.js';
import { migrations, milestones } from './schema.js';
import type { Database } from './types.js';

/** More than a morning has calls for. */
const MOST_ROWS = 5_000;

const isAsked = sql<boolean>`exists (
  select 1 from messages
  where messages.migration_id = ${milestones.migrationId} and messages.kind = 'callTask' and messages.outcome = 'sent'
    and messages.milestone_ids @> to_jsonb(${milestones.milestoneId}))`;

/** Of running migrations that are not on hold; rehearsals are left out. */
const isOpen = and(
  eq(migrations.status, 'running'),
  ne(migrations.phase, 'onHold'),
  eq(migrations.rehearsal, false),
  eq(milestones.status, 'open'),
  or(
    sql`${milestones.kind} not in ('period', 'anchor', 'expiry')`,
    and(eq(milestones.kind, 'anchor'), eq(milestones.anchor, 'goLive')),
  ),
);

/** Implements `Register.ringRows`. */
export async function ringRowsOn(db: Database, today: Day, owner: string | undefined): Promise<RingRow[]> {
  const rows = await db
    .select({
      migrationId: milestones.migrationId,
      odsCode: migrations.odsCode,
      practiceName: migrations.practiceName,
      criticalMilestoneId: migrations.criticalMilestoneId,
      anchors: migrations.anchors,
      milestoneId: milestones.milestoneId,
      kind: milestones.kind,
      title: milestones.title,
      holder: milestones.holder,
      holderName: milestones.holderName,
      partyId: milestones.partyId,
      anchor: milestones.anchor,
      dueOn: milestones.dueOn,
      isCallTask: isAsked,
    })
    .from(milestones)
    .innerJoin(migrations, eq(migrations.migrationId, milestones.migrationId))
    .where(
      and(
        isOpen,
        owner === undefined ? undefined : eq(migrations.owner, owner),
        or(sql`${milestones.dueOn} < ${today}`, isAsked),
      ),
    )
    .orderBy(sql`${milestones.dueOn} asc nulls last`, asc(milestones.migrationId), asc(milestones.milestoneId))
    .limit(MOST_ROWS);
  return rows.map(({ anchors, criticalMilestoneId, partyId, dueOn, ...row }) => {
    const anchorOn = anchors[row.anchor]?.on;
    return {
      ...row,
      ...(criticalMilestoneId !== null && { criticalMilestoneId }),
      ...(partyId !== null && { partyId }),
      ...(dueOn !== null && { dueOn }),
      ...(anchorOn !== undefined && { anchorOn }),
    };
  });
}
