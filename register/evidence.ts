/** Which migrations a party has to do with, running or ended. Rehearsals are left out. */
import { and, asc, count, eq, like, or, sql } from 'drizzle-orm';
import { messages, migrations, milestones } from './schema.js';
import type { Database, MigrationsOfParty, PagePart } from './types.js';

/** Implements `Register.migrationsOfParty`: by its milestones, and by what was sent to it, for an order may have lost it since. */
export async function migrationsOfParty(
  db: Database,
  partyId: string,
  { limit, offset }: PagePart,
): Promise<MigrationsOfParty> {
  const ofMilestones = db
    .select({ one: sql`1` })
    .from(milestones)
    .where(
      and(
        eq(milestones.migrationId, migrations.migrationId),
        or(eq(milestones.holder, partyId), eq(milestones.partyId, partyId)),
      ),
    );
  const ofMessages = db
    .select({ one: sql`1` })
    .from(messages)
    .where(and(eq(messages.migrationId, migrations.migrationId), like(messages.toKey, `${partyId}.%`)));
  const isTheirs = and(eq(migrations.rehearsal, false), sql`(exists ${ofMilestones} or exists ${ofMessages})`);
  const rows = db
    .select({ migrationId: migrations.migrationId })
    .from(migrations)
    .where(isTheirs)
    .orderBy(asc(migrations.startedAt), asc(migrations.migrationId))
    .limit(limit)
    .offset(offset);
  const [found, [counted]] = await Promise.all([rows, db.select({ total: count() }).from(migrations).where(isTheirs)]);
  return { migrationIds: found.map(({ migrationId }) => migrationId), total: counted?.total ?? 0 };
}
