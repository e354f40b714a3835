/** Which migrations a filter means, as SQL. */
import { and, eq, gte, ilike, isNull, lt, lte, not, or, type SQL, sql } from 'drizzle-orm';
import { DIVISIONS } from '../rules/calendar/division.js';
import type { Rating, RatingDays } from '../rules/portfolio/standing.js';
import { migrations } from './schema.js';
import type { ListFilter } from './types.js';

/** `%` and `_` in what people look for stand for themselves. */
const literal = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

const found = (text: string): SQL | undefined =>
  or(ilike(migrations.odsCode, `${literal(text)}%`), ilike(migrations.practiceName, `%${literal(text)}%`));

/** The same rule as `ratingOf`. */
function ratedBy(rating: Rating, { today, amberUntil }: RatingDays): SQL | undefined {
  const red = lt(migrations.criticalOn, today);
  const notRed = or(isNull(migrations.criticalOn), gte(migrations.criticalOn, today));
  const amber = or(lt(migrations.nextDeadlineOn, today), lte(migrations.criticalOn, amberUntil));
  const isHeld = eq(migrations.phase, 'onHold');
  switch (rating) {
    case 'onHold':
      return isHeld;
    case 'red':
      return and(not(isHeld), red);
    case 'amber':
      return and(not(isHeld), notRed, amber);
    case 'green':
      // What is absent compares as unknown, which `not` would leave unknown.
      return and(not(isHeld), notRed, not(sql`coalesce(${amber}, false)`));
  }
}

const rated = ({ rating, days }: NonNullable<ListFilter['rated']>): SQL | undefined =>
  and(
    eq(migrations.status, 'running'),
    or(...DIVISIONS.map((division) => and(eq(migrations.division, division), ratedBy(rating, days[division])))),
  );

/** Every condition of the filter; undefined where it has none. */
export const wantedBy = (filter: ListFilter): SQL | undefined =>
  and(
    filter.includeRehearsals ? undefined : eq(migrations.rehearsal, false),
    filter.status && eq(migrations.status, filter.status),
    filter.phase && eq(migrations.phase, filter.phase),
    filter.search ? found(filter.search) : undefined,
    filter.sourceSupplierId ? eq(migrations.sourceSupplierId, filter.sourceSupplierId) : undefined,
    filter.targetSupplierId ? eq(migrations.targetSupplierId, filter.targetSupplierId) : undefined,
    filter.instanceId ? eq(migrations.instanceId, filter.instanceId) : undefined,
    filter.icb ? eq(migrations.icb, filter.icb) : undefined,
    filter.owner ? eq(migrations.owner, filter.owner) : undefined,
    filter.delayHolder ? sql`${migrations.delayHolders} @> ${JSON.stringify([filter.delayHolder])}::jsonb` : undefined,
    filter.dueBefore ? lt(migrations.nextDeadlineOn, filter.dueBefore) : undefined,
    filter.rated && rated(filter.rated),
  );
