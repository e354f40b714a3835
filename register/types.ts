import type { HopDone } from '../rules/turnarounds/learn.js';
import type { BlackoutConflict } from '../rules/migration/blackoutConflicts.js';
import type { BulkRegister } from './bulkTypes.js';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { AuditRecord, MessageRow, MigrationRow, MilestoneRow, RegisterWrite } from '../rules/migration/records.js';
import type { Day } from '../rules/calendar/day.js';
import type { Division } from '../rules/calendar/division.js';
import type { Phase } from '../rules/migration/events.js';
import type { Rating, RatingDays } from '../rules/portfolio/standing.js';
import type { RingRow } from '../rules/meeting/ringRow.js';
import type { CalendarRow } from '../rules/calendarEntries/ofRows.js';
import type { AuditDraft, MigrationStatus } from '../rules/migration/state.js';

/** Either driver: all SQL is the same on both. */
export type Database = PgDatabase<PgQueryResultHKT>;

export type RegisteredMigration = MigrationRow & {
  /** The audit record up to which the register knows this migration. */
  asOfSeq: number;
};

export interface ListFilter {
  status?: MigrationStatus;
  phase?: Phase;
  /** Beginning of an ODS code, or a part of a practice's name, in capitals or not. */
  search?: string;
  sourceSupplierId?: string;
  targetSupplierId?: string;
  /** Only those on this instance. */
  instanceId?: string;
  icb?: string;
  owner?: string;
  /** `practice`, `csu` or a party's id: who holds something that has slipped. */
  delayHolder?: string;
  /** Only those whose next deadline lies before this day. */
  dueBefore?: Day;
  /** Only those of a rating, which the days of their division part. */
  rated?: { rating: Rating; days: Record<Division, RatingDays> };
  /** Rehearsals are left out unless this is true. */
  includeRehearsals?: boolean;
  /** 1 to 1,000; 100 unless told. */
  limit?: number;
  /** How many to leave out at the beginning; 0 unless told. */
  offset?: number;
}

export interface MigrationPage {
  /** By next deadline, the earliest first; those without one last. */
  migrations: RegisteredMigration[];
  /** How many there are on all pages together. */
  total: number;
}

/** What one holder has in hand over all running migrations. */
export interface Holding {
  /** `practice`, `csu`, or a party's id. */
  holder: string;
  /** As one of the migrations calls it; for the practices, the first of them. */
  holderName: string;
  /** In how many migrations. */
  migrations: number;
  open: number;
  late: number;
  nextDueOn?: Day;
}

/** In the order of what they may do: look; work on migrations; give out tokens. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** A token for the operators' API, as it is kept. */
export interface ApiToken {
  tokenId: string;
  /** What it is for, or whose it is. */
  name: string;
  role: Role;
  /** SHA-256 of the secret part, in hex. */
  secretHash: string;
  createdAtMs: number;
  createdBy: string;
  expiresAtMs: number;
  revokedAtMs?: number;
}

/** How somebody signed in: at the organisation's provider, or with a link that works once. */
export type SignInWay = 'oidc' | 'link';

/** Somebody who is signed in to the pages, as it is kept. */
export interface OperatorSession {
  /** May be shown; opens nothing. */
  sessionId: string;
  /** SHA-256 of what the cookie holds, in hex. */
  secretHash: string;
  /** As the audit trail names them. */
  name: string;
  /** Of a provider: its name for the person, which never changes. Of a link: who made it. */
  subject: string;
  role: Role;
  way: SignInWay;
  createdAtMs: number;
  /** When a page was last asked for, to the minute. */
  seenAtMs: number;
  /** Ends then, however much it is used. */
  expiresAtMs: number;
  endedAtMs?: number;
}

/** A link that signs somebody in once, as it is kept. */
export interface SignInLink {
  /** SHA-256 of the link's token, in hex. */
  secretHash: string;
  /** Whom it signs in. */
  name: string;
  role: Role;
  createdBy: string;
  createdAtMs: number;
  expiresAtMs: number;
  usedAtMs?: number;
}

/** Initial data productions of one present supplier on one day. */
export interface CrowdedDay {
  supplierId: string;
  on: Day;
  /** ODS codes, in order. */
  practices: string[];
}

/** How far back an operator's calendar reaches. */
export interface CalendarSince {
  /** Migrations that closed before are left out. */
  closedAfterMs: number;
  /** Days before are left out. */
  from: Day;
}

export interface PagePart {
  limit: number;
  offset: number;
}

export interface MigrationsOfParty {
  /** In the order in which they started. */
  migrationIds: string[];
  /** How many there are on all pages together. */
  total: number;
}

export interface MigrationDetails {
  migration: RegisteredMigration;
  /** By due day; undated ones last. */
  milestones: MilestoneRow[];
}

/** An anchor in a blackout, and whose. */
export interface PracticeConflict extends BlackoutConflict {
  migrationId: string;
  odsCode: string;
  practiceName: string;
}

/** Records with a higher number than `after`, at most `limit` of them; all, where neither is said. */
export interface HistoryPart {
  after?: number;
  limit?: number;
}

/**
 * What people look at and search. Every method throws RegisterUnavailableError when the database is away, and
 * RegisterRefusedError when it answers no.
 *
 * An `id` is a migration id or an ODS code; the latter stands for the practice's running migration, or else its newest.
 */
export interface Register extends BulkRegister {
  /**
   * Writes rows and audit records in one transaction. Repeated or late writes are harmless: rows of an older `asOfSeq`
   * never replace newer ones, and a record that is there stays. @throws RegisterConflictError where another record stands
   */
  write(write: RegisterWrite): Promise<void>;
  /** Adds to the system's own chain: sign-ins, refusals. Its id for `history` is `systemChainId`. */
  appendSystemAudit(draft: AuditDraft): Promise<AuditRecord>;
  list(filter?: ListFilter): Promise<MigrationPage>;
  show(id: string): Promise<MigrationDetails | undefined>;
  /** The audit trail in order, or a part of it; empty for an unknown id. */
  history(id: string, part?: HistoryPart): Promise<AuditRecord[]>;
  /** The ids of all chains: the system's own and every migration's, in order. */
  chains(): Promise<string[]>;
  /** Messages in the order in which they were sent; empty for an unknown id. */
  messages(id: string): Promise<MessageRow[]>;
  /** Running and ended migrations that a party has, or had, to do with. */
  migrationsOfParty(partyId: string, part: PagePart): Promise<MigrationsOfParty>;
  /** Anchors of running migrations from this day on that lie in a blackout of their migration's, by day. */
  blackoutConflicts(from: Day): Promise<PracticeConflict[]>;
  /** Hops of extracts that are done, in migrations that are no rehearsals. */
  hopsDone(): Promise<HopDone[]>;
  /** Who holds what on a day: the most late first. */
  holdings(today: Day): Promise<Holding[]>;
  /** What somebody may have to be rung about on a day, by due day. @param owner only of this operator's migrations */
  ringRows(today: Day, owner?: string): Promise<RingRow[]>;
  /** Initial data productions from a day on, by day and present supplier. */
  crowdedDays(from: Day): Promise<CrowdedDay[]>;
  /**
   * What is on an operator's calendar: the anchors and what the CSU holds, of running migrations and of those that have closed
   * since an instant.
   */
  operatorCalendar(operatorKey: string, since: CalendarSince): Promise<CalendarRow[]>;
  /** The id of an operator's feed; the one that is given is kept where there is none yet. */
  keepFeed(operatorKey: string, feedId: string, atMs: number): Promise<string>;
  /** Whose feed it is; undefined where it was ended, or never was. */
  findFeed(feedId: string): Promise<string | undefined>;
  /** The id of the feed that has ended; undefined where the operator had none. */
  endFeed(operatorKey: string): Promise<string | undefined>;
  addToken(token: ApiToken): Promise<void>;
  findToken(tokenId: string): Promise<ApiToken | undefined>;
  /** The newest first, ended ones too. */
  tokens(): Promise<ApiToken[]>;
  /** False where there is none, or it was revoked before. */
  revokeToken(tokenId: string, atMs: number): Promise<boolean>;
  /** Also forgets sessions that ended a month ago. */
  addSession(session: OperatorSession): Promise<void>;
  /** Also one that has ended. */
  findSession(secretHash: string): Promise<OperatorSession | undefined>;
  touchSession(sessionId: string, atMs: number): Promise<void>;
  /** Those that have not ended at an instant, the newest first. */
  sessions(atMs: number): Promise<OperatorSession[]>;
  /** The session that ended; undefined where there is none, or it had ended before. */
  endSession(sessionId: string, atMs: number): Promise<OperatorSession | undefined>;
  /** Also forgets links that ended a month ago. */
  addSignInLink(link: SignInLink): Promise<void>;
  /** Also one that was used. */
  findSignInLink(secretHash: string): Promise<SignInLink | undefined>;
  /** Uses a link up. Undefined where there is none, it was used before or has ended: of many who try at once, one gets it. */
  spendSignInLink(secretHash: string, atMs: number): Promise<SignInLink | undefined>;
  /** Whether the database answers, within a few seconds. Never throws. */
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

/** The migration id under which the system's own audit chain is kept. */
export const systemChainId = 'system';
