/** What leaves the product: plain data that holds everything a mail says, so that rendering needs no look-up. */
import type { Day } from '../calendar/day.js';
import type { Audience } from '../ruleset/ladderSchema.js';

/**
 * The closed set of messages.
 *
 * request: formal request for an extract. authorisation: asks the practice to let the CSU ask. letter: the practice sends the
 * request itself; this is the letter, ready. notice: formal notice to a third party. contact: the week before and on the day.
 * withdrawal: a request or notice no longer stands. chase: to the holder outside. digest: a person's reminders of one wake.
 * escalation: slips, to one person. mismatch: a form or booking names another day than the anchor. callTask: the CSU must
 * tell a party by portal, phone or post. undeliverable: an address does not work. cancelled: the migration is off.
 * reminder: a digest of one thing. onTheDay: a digest of nothing but what is due on the day it goes out. dateMoved: a day that people
 * were told of has changed. allClear: what was escalated is done, or its day has moved.
 * countsNotFalling: what is to be cleaned up does not become less. help: somebody asks the CSU for help, in their own words.
 */
export const messageKinds = [
  'request',
  'authorisation',
  'letter',
  'notice',
  'contact',
  'withdrawal',
  'chase',
  'reminder',
  'onTheDay',
  'digest',
  'dateMoved',
  'allClear',
  'escalation',
  'mismatch',
  'callTask',
  'undeliverable',
  'cancelled',
  'countsNotFalling',
  'help',
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Someone a message goes to. `key` is a role or `party:role`, never an address, so it may appear in ids and logs. */
export interface Addressee {
  key: string;
  role: Audience;
  name: string;
  email: string;
  /** Whom they stand in for: somebody who is away until that day. */
  insteadOf?: { name: string; until: Day };
}

/** A counter as last reported, beside the report before. */
export interface CountTrend {
  counterId: string;
  title: string;
  value: number;
  on: Day;
  before?: { value: number; on: Day };
  /** From the report before to the last; absent after the first. */
  direction?: 'falling' | 'rising' | 'unchanged';
  /** What it may come to and still be low enough, where the order says so. */
  threshold?: number;
}

/** One thing that a message is about. */
export interface MessageItem {
  /** `action` is what its party is asked, as in a notice that the CSU sends. */
  actionIsForParty?: true;
  milestoneId: string;
  rungId: string;
  title: string;
  action: string;
  dueOn?: Day;
  /** First day of a period, of which `dueOn` is the last: nothing is owed when it ends. */
  periodFrom?: Day;
  provisional: boolean;
  /** Name of who holds it, as people say it: "Example Medical Centre", "EMIS". */
  holderName: string;
  /** Title of the open milestone that this one waits for; `holderName` is then that one's holder. */
  waitsFor?: string;
  partyName?: string;
  /** Working days after the due day, up to and including today; absent when not late. */
  lateWorkingDays?: number;
  /** What the slip does to the anchor, one sentence. */
  effect?: string;
  /** Earliest day of the anchor that still works from today. */
  earliestAnchorDay?: Day;
  /** The day that a form or booking names, where it is not the anchor's. */
  statedDate?: Day;
  /** Where a person has to tell the party: how to reach it. */
  reach?: {
    channel: 'portal' | 'phone' | 'post' | 'email';
    address?: string;
    phone?: string;
    contactName?: string;
    /** Set where that contact is away: somebody else has to be asked for. */
    awayUntil?: Day;
  };
  /** The known data issues of this pair of suppliers, a sentence or two each. */
  advice?: string[];
  /** What is counted for it, as last reported. */
  counts?: CountTrend[];
  /** What has happened, one sentence, where the item itself does not say it. */
  news?: string;
  /** How often its day has changed since it was first planned: the SEQUENCE of its calendar entry. Absent: it has no entry. */
  calendarSequence?: number;
  /** First day of its calendar entry, where that is not `dueOn`: a window or period. */
  calendarFrom?: Day;
  /** Its calendar entry is taken back. */
  calendarCancelled?: true;
  /** The day it had before, in word of a moved date; absent where it had none. */
  movedFrom?: Day;
  /** The day for which an earlier notice, request or form was given, that this takes the place of. */
  replaces?: Day;
  /** The days on which its holder was chased without an answer. */
  chasedOn?: Day[];
  /** The day on which this formal message should have gone out, where it goes out late. */
  shouldHaveGoneOn?: Day;
  /** The practices on the same instance for which the request is made, too. */
  asksFor?: { odsCode: string; name: string }[];
  /** Line from the guide, so that a reader can check. */
  source: string;
}

/** What every message says about its migration. */
export interface MessageAbout {
  migrationId: string;
  odsCode: string;
  practiceName: string;
  rehearsal: boolean;
  csu: { name: string; mailbox: string; phone: string };
  sourceSupplierName: string;
  targetSupplierName: string;
  initialDataProduction?: Day;
  finalDataProduction?: Day;
  goLive?: Day;
  /** Names of the anchors above that are not confirmed. */
  provisional: string[];
  dateVersion: number;
}

/** The once-only key of something sent: (migration, milestone, rung, date version). */
export interface RungKey {
  milestoneId: string;
  rungId: string;
  dateVersion: number;
}

export interface OutboundMessage {
  /** Unique within the migration and deterministic: the Message-ID is made from it. */
  key: string;
  kind: MessageKind;
  channel: 'email' | 'webhook';
  /** Where a webhook message is posted, and whose it is. */
  webhookUrl?: string;
  partyId?: string;
  to: Addressee;
  cc: Addressee[];
  /** For an addressee who has a page: which generation of its links this mail carries. Absent in older histories. */
  linkGeneration?: number;
  about: MessageAbout;
  items: MessageItem[];
  /** Word that a migration is off: everything else that its reader was told of, so that their calendar can take it back. */
  takesBack?: MessageItem[];
  /** What is settled once this message is. */
  settles: RungKey[];
  /** The day of the wake, so that a text can say "tomorrow". */
  sentOn: Day;
}

/** How one message ended. `undeliverable`: the address or server refused it for good. */
export interface MessageOutcome {
  key: string;
  outcome: 'sent' | 'undeliverable';
  /** A crash hit while this one was on its way: it may have arrived twice, under the same Message-ID. */
  mayHaveRepeated: boolean;
  messageId: string;
  /** The server's own words, for the audit; never an address. */
  detail?: string;
}
