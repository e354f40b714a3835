/**
 * Tables of the register. `npm run register:generate` writes a new file in `migrations/` after a change here.
 *
 * Every row but the audit's carries `asOfSeq`: the audit sequence number it was computed at, so that an older write never
 * replaces what a newer one wrote.
 */
import { boolean, index, integer, pgTable, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';
import type { BulkOperationName, BulkRowStatus, BulkState } from '../rules/bulk/bulk.js';
import type { BlackoutConflict } from '../rules/migration/blackoutConflicts.js';
import type { Phase } from '../rules/migration/events.js';
import type { MessageKind } from '../rules/migration/messages.js';
import type { MessageRow, MigrationRow } from '../rules/migration/records.js';
import type { MilestoneStatus, MigrationStatus } from '../rules/migration/state.js';
import { day, instant, json, line } from './columns.js';
import type { Role, SignInWay } from './types.js';

const asOfSeq = () => integer('as_of_seq').notNull();

export const migrations = pgTable(
  'migrations',
  {
    migrationId: line('migration_id').primaryKey(),
    asOfSeq: asOfSeq(),
    workflowId: line('workflow_id').notNull(),
    odsCode: line('ods_code').notNull(),
    practiceName: line('practice_name').notNull(),
    rehearsal: boolean('rehearsal').notNull(),
    status: line('status').$type<MigrationStatus>().notNull(),
    phase: line('phase').$type<Phase>().notNull(),
    onHoldSince: day('on_hold_since'),
    division: line('division').notNull(),
    icb: line('icb').notNull(),
    sourceSupplierId: line('source_supplier_id').notNull(),
    targetSupplierId: line('target_supplier_id').notNull(),
    sourceSupplierName: line('source_supplier_name'),
    targetSupplierName: line('target_supplier_name'),
    instanceId: line('instance_id'),
    ruleSet: line('rule_set').notNull(),
    calendarVersion: line('calendar_version').notNull(),
    dateVersion: integer('date_version').notNull(),
    startedAt: instant('started_at').notNull(),
    nextDeadlineOn: day('next_deadline_on'),
    nextMilestoneId: line('next_milestone_id'),
    nextTitle: line('next_title'),
    criticalOn: day('critical_on'),
    criticalMilestoneId: line('critical_milestone_id'),
    criticalTitle: line('critical_title'),
    slipped: integer('slipped').notNull(),
    delayHolders: json('delay_holders').$type<string[]>(),
    owner: line('owner'),
    operatorKey: line('operator_key'),
    mailDomain: line('mail_domain'),
    closedAt: instant('closed_at'),
    anchors: json('anchors').$type<MigrationRow['anchors']>().notNull(),
    blackoutConflicts: json('blackout_conflicts').$type<BlackoutConflict[]>(),
  },
  (table) => [
    index('migrations_by_deadline').on(table.nextDeadlineOn.asc().nullsLast(), table.migrationId),
    index('migrations_by_ods_code').on(table.odsCode),
    index('migrations_by_operator').on(table.operatorKey),
  ],
);

export const milestones = pgTable(
  'milestones',
  {
    migrationId: line('migration_id').notNull(),
    milestoneId: line('milestone_id').notNull(),
    asOfSeq: asOfSeq(),
    ruleId: line('rule_id').notNull(),
    kind: line('kind').notNull(),
    title: line('title').notNull(),
    holder: line('holder').notNull(),
    holderName: line('holder_name').notNull(),
    partyId: line('party_id'),
    anchor: line('anchor').notNull(),
    opensOn: day('opens_on'),
    dueOn: day('due_on'),
    provisional: boolean('provisional').notNull(),
    status: line('status').$type<MilestoneStatus>().notNull(),
    settledOn: day('settled_on'),
    settledBy: line('settled_by'),
    slippedOn: day('slipped_on'),
    calendarSequence: integer('calendar_sequence'),
    calendarChangedAt: instant('calendar_changed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.migrationId, table.milestoneId] }),
    index('milestones_by_holder').on(table.holder, table.dueOn),
  ],
);

export const messages = pgTable(
  'messages',
  {
    migrationId: line('migration_id').notNull(),
    key: line('key').notNull(),
    asOfSeq: asOfSeq(),
    messageId: line('message_id').notNull(),
    kind: line('kind').$type<MessageKind>().notNull(),
    toKey: line('to_key').notNull(),
    outcome: line('outcome').$type<MessageRow['outcome']>().notNull(),
    mayHaveRepeated: boolean('may_have_repeated').notNull(),
    sentAt: instant('sent_at').notNull(),
    milestoneIds: json('milestone_ids').$type<string[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.migrationId, table.key] })],
);

/** Tokens of scripts and people for the operators' API. Only the SHA-256 of a token's secret part is kept. */
export const apiTokens = pgTable('api_tokens', {
  tokenId: line('token_id').primaryKey(),
  name: line('name').notNull(),
  role: line('role').$type<Role>().notNull(),
  secretHash: line('secret_hash').notNull(),
  createdAt: instant('created_at').notNull(),
  createdBy: line('created_by').notNull(),
  expiresAt: instant('expires_at').notNull(),
  revokedAt: instant('revoked_at'),
});

/** Who is signed in to the pages. Only the SHA-256 of what the cookie holds is kept. */
export const operatorSessions = pgTable(
  'operator_sessions',
  {
    sessionId: line('session_id').primaryKey(),
    secretHash: line('secret_hash').notNull(),
    name: line('name').notNull(),
    subject: line('subject').notNull(),
    role: line('role').$type<Role>().notNull(),
    way: line('way').$type<SignInWay>().notNull(),
    createdAt: instant('created_at').notNull(),
    seenAt: instant('seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [uniqueIndex('operator_sessions_by_secret').on(table.secretHash)],
);

/** Links that sign somebody in once. Only the SHA-256 of the link's token is kept. */
export const signInLinks = pgTable('sign_in_links', {
  secretHash: line('secret_hash').primaryKey(),
  name: line('name').notNull(),
  role: line('role').$type<Role>().notNull(),
  createdBy: line('created_by').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});

/** Calendars of operators that can be subscribed to. An operator's is ended by taking its row away. */
export const calendarFeeds = pgTable(
  'calendar_feeds',
  {
    operatorKey: line('operator_key').primaryKey(),
    feedId: line('feed_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('calendar_feeds_by_id').on(table.feedId)],
);

/** Operations on many practices at once. */
export const bulkOperations = pgTable('bulk_operations', {
  bulkId: line('bulk_id').primaryKey(),
  operation: line('operation').$type<BulkOperationName>().notNull(),
  dryRun: boolean('dry_run').notNull(),
  askedBy: line('asked_by').notNull(),
  askedAt: instant('asked_at').notNull(),
  state: line('state').$type<BulkState>().notNull(),
  endedAt: instant('ended_at'),
});

/** What is asked of one practice, and how it came out. `request` is sealed, and taken away once it is done. */
export const bulkRows = pgTable(
  'bulk_rows',
  {
    bulkId: line('bulk_id').notNull(),
    row: integer('row').notNull(),
    line: integer('line'),
    practice: line('practice').notNull(),
    subject: line('subject').notNull(),
    request: line('request'),
    attempt: integer('attempt').notNull(),
    migrationId: line('migration_id'),
    status: line('status').$type<BulkRowStatus>().notNull(),
    code: line('code'),
    detail: line('detail'),
    settledAt: instant('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.bulkId, table.row] }),
    index('bulk_rows_by_status').on(table.bulkId, table.status, table.row),
  ],
);

/** Append-only: a trigger refuses everything but INSERT. The system's own chain has the migration id `system`. */
export const audit = pgTable(
  'audit',
  {
    migrationId: line('migration_id').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    actor: line('actor').notNull(),
    type: line('type').notNull(),
    data: json('data').$type<Record<string, unknown>>().notNull(),
    prevHash: line('prev_hash').notNull(),
    hash: line('hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.migrationId, table.seq] })],
);
