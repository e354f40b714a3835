/** What a feed holds at the moment. */
import { calendarFileOf, longCalendarFile } from '../../config/calendarFile.js';
import type { FeedScope } from '../../config/feedLinks.js';
import { todayInLondon } from '../../config/today.js';
import type { Register } from '../../register/types.js';
import { addDays } from '../../rules/calendar/day.js';
import type { MigrationCalendar } from '../../rules/calendarEntries/ofMigration.js';
import { rowEntry, type CalendarRow } from '../../rules/calendarEntries/ofRows.js';
import type { Migrations } from '../migrations.js';
import { orUnavailable } from '../operator/orUnavailable.js';
import { awayNow, endedLink, endedMigration } from './refusal.js';

export interface FeedSources {
  migrations: Pick<Migrations, 'calendar'>;
  register: Pick<Register, 'operatorCalendar' | 'findFeed'>;
  nowMs: () => number;
}

/** So long after its end a migration still shows: long enough for every subscriber to hear that it is off. */
const AFTER_END_DAYS = 42;
/** Days further back are of no use to an operator, whose calendar holds hundreds of practices. */
const PAST_DAYS = 28;
const DAY_MS = 86_400_000;
const REFRESH_SECONDS = 4 * 3_600;

const closedAfterMs = (nowMs: number): number => nowMs - AFTER_END_DAYS * DAY_MS;

/** A rehearsal's own days say nothing about ours: its calendar ends when Temporal forgets it. */
const isLongOver = ({ rehearsal, closedAtMs }: MigrationCalendar, nowMs: number): boolean =>
  !rehearsal && closedAtMs !== undefined && closedAtMs < closedAfterMs(nowMs);

/** @throws CalendarRefused 410 or 503 */
async function pageFeed(
  { migrations, nowMs }: FeedSources,
  { migrationId, role, generation }: Extract<FeedScope, { kind: 'page' }>,
): Promise<string> {
  const outcome = await migrations.calendar({ migrationId }, role);
  if (outcome.kind === 'unavailable') throw awayNow();
  if (outcome.kind !== 'answered' || outcome.answer === undefined) throw endedMigration();
  const calendar = outcome.answer;
  if (generation < calendar.linkGeneration) throw endedLink();
  if (isLongOver(calendar, nowMs())) throw endedMigration();
  const { practiceName, rehearsal, entries } = calendar;
  const name = `${practiceName}: migration${rehearsal ? ' (rehearsal)' : ''}`;
  return calendarFileOf({ name, refreshSeconds: REFRESH_SECONDS, entries });
}

/** An operator's days in all their practices, from the register: of hundreds of migrations none is asked. */
export const operatorRows = (
  { register, nowMs }: Pick<FeedSources, 'nowMs'> & { register: Pick<Register, 'operatorCalendar'> },
  operatorKey: string,
): Promise<CalendarRow[]> => {
  const from = addDays(todayInLondon(nowMs()), -PAST_DAYS);
  return orUnavailable(register.operatorCalendar(operatorKey, { closedAfterMs: closedAfterMs(nowMs()), from }));
};

/** @throws CalendarRefused 410; ApiProblem 503 while the register is away */
async function operatorFeed(sources: FeedSources, feedId: string): Promise<string> {
  const operatorKey = await orUnavailable(sources.register.findFeed(feedId));
  if (operatorKey === undefined) throw endedLink();
  const rows = await operatorRows(sources, operatorKey);
  const entries = rows.flatMap(rowEntry);
  return longCalendarFile({ name: 'GP practice migrations', refreshSeconds: REFRESH_SECONDS, entries });
}

/** The iCalendar text of a feed. @throws CalendarRefused, ApiProblem */
export const feedText = (sources: FeedSources, scope: FeedScope): Promise<string> =>
  scope.kind === 'page' ? pageFeed(sources, scope) : operatorFeed(sources, scope.feedId);
