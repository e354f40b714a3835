/** Everything that can happen to a migration. Past tense; each carries the instant at which it counts. */
import type { Day } from '../calendar/day.js';
import type { Contact } from '../order/schema.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';

/** What a supplier's system can tell us; the webhook's `type`. */
export const supplierEventTypes = [
  'form.sent',
  'form.received',
  'extract.scheduled',
  'extract.delivered',
  'extract.received',
  'extract.loaded',
  'extract.rejected',
  'notice.acknowledged',
] as const;
export type SupplierEventType = (typeof supplierEventTypes)[number];

export interface SupplierEvent {
  /** The webhook's id: the ledger's key. */
  webhookId: string;
  supplierId: string;
  type: SupplierEventType;
  /** When given, it must be the running migration's. */
  migrationId?: string;
  product?: string;
  /** The production day that the form, booking or delivery is for. */
  date?: Day;
  data?: Record<string, unknown>;
  /** The operator who took the supplier's word by telephone or letter; absent for a webhook. */
  recordedBy?: string;
}

/** The first answer to a supplier's event; a repeat gets the same. */
export interface SupplierEventAnswer {
  webhookId: string;
  migrationId: string;
  milestoneId: string;
  /** done: the hop is done. mismatch: noted, but for another day than the anchor. noted: no effect (already past it). */
  effect: 'done' | 'mismatch' | 'reopened' | 'noted';
  message: string;
}

/** Why an update was refused. The closed list that becomes 4xx; everything else is 503. */
export const rejectionTypes = [
  'WrongMigration',
  'MigrationClosed',
  'PartyNotInMigration',
  'EventNotForParty',
  'ProductNotOfParty',
  'AmbiguousHandshake',
  'UnknownMilestone',
  'MilestoneSettled',
  'DateNeeded',
  'Blocked',
  'NotWaivable',
  'ContactInvalid',
] as const;
export type RejectionType = (typeof rejectionTypes)[number];

export interface Rejection {
  type: RejectionType;
  message: string;
  /** Valid values to choose from, where there is a choice. */
  choices: string[];
}

export interface DoneReport {
  milestoneId: string;
  /** The day it was done; the migration's own today unless given. */
  on?: Day;
  by: string;
  reference?: string;
  /** For a hop that is for a stated day. */
  forDate?: Day;
}

export interface ContactAmendment {
  /** `practiceManager`, `csuOperator`, `csuManager`, `leadClinician`, or `PARTY.contact` / `PARTY.accountManager`. */
  target: string;
  contact: Contact;
  by: string;
}

export type MigrationEvent =
  | { type: 'started'; atMs: number }
  | { type: 'supplierEventReceived'; atMs: number; event: SupplierEvent }
  | { type: 'milestoneDone'; atMs: number; report: DoneReport }
  | { type: 'milestoneWaived'; atMs: number; milestoneId: string; by: string; reason: string }
  | { type: 'contactAmended'; atMs: number; amendment: ContactAmendment }
  | { type: 'cancelled'; atMs: number; by: string; reason: string }
  | { type: 'slipped'; atMs: number; milestoneId: string; lateWorkingDays: number }
  | { type: 'passed'; atMs: number; milestoneId: string }
  | { type: 'rungsSuperseded'; atMs: number; milestoneId: string; rungIds: string[] }
  | { type: 'phaseEntered'; atMs: number; phase: Phase }
  | { type: 'messagesSettled'; atMs: number; messages: OutboundMessage[]; outcomes: MessageOutcome[] }
  | { type: 'ended'; atMs: number };

export type Phase = 'preMigration' | 'dataChecking' | 'cutOver' | 'postGoLive' | 'ended';
