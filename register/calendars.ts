/** Operators' calendars: what is on them, and under which ids they can be subscribed to. */
import { and, eq, gt, gte, inArray, isNotNull, or } from 'drizzle-orm';
import type { CalendarRow } from '../rules/calendarEntries/ofRows.js';
import { calendarFeeds, migrations, milestones } from './schema.js';
import type { CalendarSince, Database } from './types.js';

const columns = {
  migrationId: migrations.migrationId,
  practiceName: migrations.practiceName,
  mailDomain: migrations.mailDomain,
  migrationStatus: migrations.status,
  closedAt: migrations.closedAt,
  startedAt: migrations.startedAt,
  milestoneId: milestones.milestoneId,
  title: milestones.title,
  holderName: milestones.holderName,
  opensOn: milestones.opensOn,
  dueOn: milestones.dueOn,
  provisional: milestones.provisional,
  status: milestones.status,
  settledOn: milestones.settledOn,
  calendarSequence: milestones.calendarSequence,
  calendarChangedAt: milestones.calendarChangedAt,
};

const selected = (db: Database) =>
  db.select(columns).from(milestones).innerJoin(migrations, eq(migrations.migrationId, milestones.migrationId));

type Selected = Awaited<ReturnType<typeof selected>>[number];

/** A row of an older version has never changed since the start, as far as is known. */
function fromRow({ mailDomain, dueOn, closedAt, startedAt, ...row }: Selected): CalendarRow[] {
  if (mailDomain === null || dueOn === null) return [];
  const { opensOn, settledOn, calendarSequence, calendarChangedAt, ...same } = row;
  return [
    {
      ...same,
      mailDomain,
      dueOn,
      ...(closedAt !== null && { closedAtMs: closedAt.getTime() }),
      ...(opensOn !== null && { opensOn }),
      ...(settledOn !== null && { settledOn }),
      calendarSequence: calendarSequence ?? 0,
      calendarChangedAtMs: (calendarChangedAt ?? startedAt).getTime(),
    },
  ];
}

/** The days of the migrations and what the CSU has to do. What others hold comes to an operator when it is late. */
const isOperators = or(eq(milestones.holder, 'csu'), inArray(milestones.kind, ['anchor', 'confirmation']));

/** Implements `Register.operatorCalendar`. Rehearsals have days of their own and are left out. */
export async function operatorCalendar(
  db: Database,
  operatorKey: string,
  { closedAfterMs, from }: CalendarSince,
): Promise<CalendarRow[]> {
  const isMeant = or(eq(migrations.status, 'running'), gt(migrations.closedAt, new Date(closedAfterMs)));
  const rows = await selected(db).where(
    and(
      eq(migrations.operatorKey, operatorKey),
      eq(migrations.rehearsal, false),
      isNotNull(migrations.mailDomain),
      isMeant,
      isOperators,
      gte(milestones.dueOn, from),
    ),
  );
  return rows.flatMap(fromRow);
}

/** Implements `Register.keepFeed`. */
export async function keepFeed(db: Database, operatorKey: string, feedId: string, atMs: number): Promise<string> {
  await db
    .insert(calendarFeeds)
    .values({ operatorKey, feedId, createdAt: new Date(atMs) })
    .onConflictDoNothing();
  const [kept] = await db.select().from(calendarFeeds).where(eq(calendarFeeds.operatorKey, operatorKey));
  return kept?.feedId ?? feedId;
}

/** Implements `Register.findFeed`. */
export async function findFeed(db: Database, feedId: string): Promise<string | undefined> {
  const [found] = await db.select().from(calendarFeeds).where(eq(calendarFeeds.feedId, feedId));
  return found?.operatorKey;
}

/** Implements `Register.endFeed`. */
export async function endFeed(db: Database, operatorKey: string): Promise<string | undefined> {
  const [ended] = await db
    .delete(calendarFeeds)
    .where(eq(calendarFeeds.operatorKey, operatorKey))
    .returning({ feedId: calendarFeeds.feedId });
  return ended?.feedId;
}
