/** Everything that can happen to a migration. Past tense; each carries the instant at which it counts. */
import type { Day } from '../calendar/day.js';
import type { Contact } from '../order/schema.js';
import type { HolderId, ItemKind } from '../plan/types.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';
import type { Redate } from './redate/redate.js';
import type { Unanswered } from './state.js';

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
  'NotSlipped',
  'DateNeeded',
  'Blocked',
  'NotWaivable',
  'ContactInvalid',
  'UnknownCounter',
  'CountInvalid',
  'CountsNotZero',
  'OutcomeNeeded',
  'NoDecision',
  'ItemsNotPlanned',
  'DuplicateItem',
  'UnknownOwner',
  'UnknownSite',
  'NoPage',
  'PatientData',
  'UnknownMessage',
  'PreviewOutdated',
  'PlanInvalid',
  'NothingMoves',
  'DayPassed',
  'AnchorHappened',
  'PlanRefused',
  'RiskNotAccepted',
  'OnHold',
  'NotOnHold',
  'OrderOfAnother',
  'NothingToAdopt',
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
  /** For a milestone that records a decision. */
  outcome?: DecisionOutcome;
  /** Who signed, where that is somebody else than who reports it: the lead clinician. */
  signedBy?: string;
}

export type DecisionName = 'reconciliation';

/** In the order in which a refusal names them. */
export const decisionOutcomes = ['needed', 'notNeeded'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

/** What has been decided; a later one replaces it. */
export interface DecisionReport {
  decision: DecisionName;
  outcome: DecisionOutcome;
  by: string;
  /** The day it was decided; the migration's own today unless given. */
  on?: Day;
  reference?: string;
}

/** Numbers alone, by counter: never anything about a patient. */
export interface CountsReport {
  values: Record<string, number>;
  /** The day on which they were counted; the migration's own today unless given. */
  on?: Day;
  by: string;
}

/** Something to do that no rule knows of. */
export interface AddedItem {
  kind: ItemKind;
  id: string;
  title: string;
  /** Reminded and escalated to first. */
  owner: HolderId;
  siteId?: string;
  /** An action names its day; a survey item may leave it to the rule. */
  dueOn?: Day;
}

export interface ItemReport {
  item: AddedItem;
  by: string;
}

/** Somebody with a page of their own asks the CSU for help. */
export interface HelpRequest {
  /** Makes a repeat harmless: it is one mail. */
  requestId: string;
  milestoneId: string;
  /** In their own words, on one line; never about a patient. */
  text: string;
  by: string;
}

export interface LinkRevocation {
  /** `practiceManager`, or `PARTY.contact`: whose page. */
  role: string;
  by: string;
}

/** An operator takes a slip on: nobody is reminded or escalated to about it any more, until its day moves. */
export interface SlipAcknowledgement {
  milestoneId: string;
  by: string;
  note?: string;
}

/** A message that had left came back: its address does not work. */
export interface BounceReport {
  /** Its Message-ID, without angle brackets. */
  messageId: string;
  /** What the other side said, without an address. */
  detail: string;
  /** Who says so: `govuk-notify`, or the operator who read the returned mail. */
  by: string;
}

export interface ContactAmendment {
  /** `practiceManager`, `csuOperator`, `csuManager`, `leadClinician`, or `PARTY.contact` / `PARTY.accountManager`. */
  target: string;
  contact: Contact;
  by: string;
}

/** What the migration of one practice says to another's on the same instance. */
export interface InstanceWord {
  /** Id of the instance. */
  instance: string;
  /** ODS code of the practice whose migration says it. */
  from: string;
  /** It has begun, or has been planned anew: it asks to be told everything that concerns it. */
  greets: boolean;
  /** Milestones of the migration that it is said to: what they stand for is done. */
  done: string[];
}

/** The same with whom it is for. */
export interface InstanceCall {
  /** ODS code. */
  to: string;
  word: InstanceWord;
}

export type MigrationEvent =
  | { type: 'started'; atMs: number }
  | { type: 'supplierEventReceived'; atMs: number; event: SupplierEvent }
  | { type: 'milestoneDone'; atMs: number; report: DoneReport }
  | { type: 'milestoneWaived'; atMs: number; milestoneId: string; by: string; reason: string }
  | { type: 'slipAcknowledged'; atMs: number; acknowledgement: SlipAcknowledgement }
  | { type: 'contactAmended'; atMs: number; amendment: ContactAmendment }
  | { type: 'countsReported'; atMs: number; report: CountsReport }
  | { type: 'itemAdded'; atMs: number; item: AddedItem; by: string }
  | { type: 'helpAsked'; atMs: number; request: HelpRequest }
  | { type: 'linksRevoked'; atMs: number; role: string; by: string }
  | { type: 'cancelled'; atMs: number; by: string; reason: string }
  | { type: 'redated'; atMs: number; redate: Redate }
  | { type: 'held'; atMs: number; by: string; reason: string }
  | { type: 'slipped'; atMs: number; milestoneId: string; lateWorkingDays: number }
  | { type: 'passed'; atMs: number; milestoneId: string }
  | { type: 'rungsSuperseded'; atMs: number; milestoneId: string; rungIds: string[] }
  | { type: 'phaseEntered'; atMs: number; phase: Phase }
  | { type: 'messagesSettled'; atMs: number; messages: OutboundMessage[]; outcomes: MessageOutcome[] }
  | {
      type: 'mailDeferred';
      atMs: number;
      reason: string;
      waiting: number;
      awayForMs?: number;
      unanswered: Unanswered[];
    }
  | { type: 'mailReturned'; atMs: number }
  | { type: 'mailBounced'; atMs: number; report: BounceReport }
  | { type: 'instanceHeard'; atMs: number; word: InstanceWord }
  | { type: 'instanceTold'; atMs: number; calls: InstanceCall[]; dateVersion: number }
  | { type: 'ended'; atMs: number };

/** In the order in which they come; `onHold` at any time. */
export const phases = ['preMigration', 'dataChecking', 'cutOver', 'postGoLive', 'onHold', 'ended'] as const;
export type Phase = (typeof phases)[number];
