/** The state of one migration: plain data, changed only by `apply`. */
import type { Day } from '../calendar/day.js';
import type { CalendarMark } from '../calendarEntries/marks.js';
import type { AnchorName } from '../order/anchorNames.js';
import type { Contact, Order, Party } from '../order/schema.js';
import type { Plan } from '../plan/types.js';
import type { DecisionName, DecisionOutcome, Phase, SupplierEventAnswer } from './events.js';
import type { CountTrend, MessageKind, OutboundMessage } from './messages.js';

/** open: to do. done: by whom and when. waived: by name, with a reason. cleared: overtaken by a later hop. passed: its day went by and nothing was owed. rejected: the extract of this iteration was refused. */
export type MilestoneStatus = 'open' | 'done' | 'waived' | 'cleared' | 'passed' | 'rejected';

export interface MilestoneState {
  status: MilestoneStatus;
  settledOn?: Day;
  settledBy?: string;
  note?: string;
  /** Set when it slipped; stays when it is done late. */
  slippedOn?: Day;
  /** A hop reported for another day than the anchor's. */
  statedDate?: Day;
  /** It was done for this day of its anchor before that moved, and has to be done again. */
  replaces?: Day;
  /** Set when the third party acknowledged its notice. */
  acknowledgedOn?: Day;
  /** Data of an extract were loaded on this day. */
  loadedOn?: Day;
  /** What was decided, of a milestone that records a decision. */
  outcome?: DecisionOutcome;
  /** The decision that waived it: taking that back opens it again. */
  waivedBy?: DecisionName;
  /** The days on which a party's contact was written to about it without an answer. */
  chasedOn?: Day[];
  /** An operator has taken this slip on: its ladder rests until its day moves. */
  slipAcknowledged?: { by: string; on: Day; note?: string };
  /** Waived because the plan has it no more: its rule, party, product, site or item is gone. */
  dropped?: true;
  /** Rungs that went out or were overtaken by a later one. */
  rungs: Record<string, 'sent' | 'superseded'>;
}

export interface Directory {
  practice: { odsCode: string; name: string; sites: { id: string; name: string }[] };
  csu: { name: string; mailbox: string; phone: string };
  icb: { name: string; region?: string | undefined };
  contacts: Record<'practiceManager' | 'csuOperator' | 'csuManager', Contact> & { leadClinician?: Contact | undefined };
  parties: Party[];
  /** Parties that have been taken out of the order: they may still have to hear of it. */
  formerParties?: Party[];
  /** Who asks for extracts and who chases, by region or order (rules.md, E.2). */
  extractRequestSentBy: 'csu' | 'practice';
  chasedBy: 'csu' | 'practice';
}

/** What was counted on a day. Numbers alone. */
export interface CountsOfDay {
  on: Day;
  by: string;
  values: Record<string, number>;
}

export type MigrationStatus = 'running' | 'completed' | 'cancelled';

/** Something that happened, for the audit trail; sequenced and hashed when it is written. */
export interface AuditDraft {
  atMs: number;
  /** A name, a supplier id, or `leadtime`. */
  actor: string;
  type: string;
  data: Record<string, unknown>;
}

/** Mail could not leave at the last try. */
export interface MailAway {
  sinceMs: number;
  tries: number;
  nextTryAtMs: number;
}

/** What has to be known of a mail that is out, should it come back. */
export interface SentMail {
  key: string;
  kind: MessageKind;
  /** Whom it went to: a role or `PARTY.role`. */
  toKey: string;
  /** The address; absent of mails that went out before it was kept. */
  toEmail?: string;
  /** The first that it was about; a formal mail is about one alone. */
  milestoneId: string;
  /** Message-IDs under which it came back, its own or a copy's. */
  bounced?: string[];
}

/** A message that was handed over and not answered, so that it may have arrived. */
export interface Unanswered {
  message: OutboundMessage;
  /** How often it was handed over. */
  times: number;
}

export interface MigrationState {
  migrationId: string;
  rehearsal: boolean;
  status: MigrationStatus;
  phase: Phase;
  startedAtMs: number;
  directory: Directory;
  plan: Plan;
  milestones: Record<string, MilestoneState>;
  /** Webhook id → first answer. Grows with the migration, carried through continue-as-new. */
  ledger: Record<string, SupplierEventAnswer>;
  /** By day, one for each, the newest last; absent until something is reported. */
  counts?: CountsOfDay[];
  /** By role: how often the links to its page have been revoked; absent until one is. */
  linkGenerations?: Record<string, number>;
  /** Messages that are due because of an event rather than a planned rung. */
  pending: PendingNotice[];
  /** By Message-ID; absent before the first, and of mails that went out before this was kept. */
  sentMails?: Record<string, SentMail>;
  /** Contacts whose address was refused for good, with what did not arrive; an amended contact is taken off. */
  deadAddresses?: { key: string; on: Day; milestoneId: string }[];
  /** Absent while mail leaves. */
  mailAway?: MailAway;
  /** While mail is away: what is handed over again as it is, under the same Message-ID. Absent: nothing. */
  unanswered?: Unanswered[];
  /** The order as it was last amended; absent while it is the one of the start. */
  order?: Order;
  /** What the migrations of the other practices on its instance have been told; absent until they have been, or where there are none. */
  instance?: { told: string[]; greetedVersion: number };
  /** Set while the migration is on hold: since when, and why. */
  hold?: { on: Day; by: string; reason: string };
  /** When it has been on hold: days after `from` up to and including `until` make nothing later. */
  pauses?: { from: Day; until: Day }[];
  /** The days that anchors had before they moved, without the one that each has now; absent until one moves. */
  formerDays?: Partial<Record<AnchorName, Day[]>>;
  /** By milestone id: entries of people's calendars that have changed since the start. */
  calendarMarks?: Record<string, CalendarMark>;
  /** When it was completed or cancelled. */
  closedAtMs?: number;
  /** Audit drafts not yet given to the register. */
  outbox: AuditDraft[];
  /** Milestones whose register row is out of date. */
  dirty: string[];
}

/**
 * Something that an event set off, told to one person, once. mismatch: a hop was reported for another day than the anchor's.
 * undeliverable: a mail was refused for good. withdrawal: a request or notice that was served no longer stands.
 * cancelled: the migration is off. countsNotFalling: a counter has not fallen between two reports. help: somebody asks the CSU. digest and escalation: an
 * item among the others of such a mail, with `news` of what happened.
 */
export interface PendingNotice {
  kind:
    | 'mismatch'
    | 'undeliverable'
    | 'withdrawal'
    | 'cancelled'
    | 'countsNotFalling'
    | 'help'
    | 'digest'
    | 'escalation'
    | 'dateMoved'
    | 'allClear';
  audience: 'practice' | 'operator' | 'manager' | 'party' | 'accountManager';
  milestoneId: string;
  /** Part of the once-only key; names the occasion and the audience. */
  rungId: string;
  /** The numbers that it is about, as they were when it happened. */
  counts?: CountTrend[];
  news?: string;
  /** The day that its milestone had before. */
  movedFrom?: Day;
  /** Whom it is for, where its milestone is not the party's own: the day of an anchor. */
  partyId?: string;
}
