/**
 * The plan: every dated milestone of one migration, as plain data that goes into Temporal's history.
 *
 * Glossary. Anchor: a named day of the migration. Milestone: a dated instance of a rule, for one party where the rule says
 * "for each". Hop: one step of an extract handshake. Holder: who must act; chased and escalated to first. Rung: one step of
 * a reminder or escalation ladder. Day: `YYYY-MM-DD`, a civil day in Europe/London. Ms: milliseconds since 1970, UTC.
 */
import type { SendingClock } from '../calendar/clock.js';
import type { Day } from '../calendar/day.js';
import type { Division } from '../calendar/division.js';
import type { LeadTime } from '../calendar/leadTime.js';
import type { AnchorName, FollowedEvent } from '../order/anchorNames.js';
import type { ProblemCode } from './problemCodes.js';
import type { Audience, Ladder, LadderRung } from '../ruleset/ladderSchema.js';
import type { HopName } from '../ruleset/schema.js';
import type { ItemRule } from '../ruleset/entitySchemas.js';
import type { MilestoneKind, Rule } from '../ruleset/ruleSchema.js';

/** survey: something that the technical survey asked for. action: what a meeting has agreed that somebody does. */
export type ItemKind = 'survey' | 'action';

/** The rule for items of a kind, with its ladders by who holds the item. */
export interface PlannedItemRule extends Omit<ItemRule, 'ladders'> {
  ladders: Record<'practice' | 'csu' | 'party', Ladder>;
}

export type ExtractName = 'initial' | 'final';

/** `practice`, `csu`, or a party's id. Closures and chases go by it; a closure can be of `everyone`. */
export type HolderId = string;

export interface PlannedAnchor {
  status: 'absent' | 'provisional' | 'confirmed';
  on?: Day;
}

/** The periods of an extract handshake, each recorded in the step that spends it. */
export type HandshakePart = 'notice' | 'sendsForm' | 'returnsForm' | 'confirmsForm' | 'schedules';

/** A practice on a shared instance. */
export interface InstancePractice {
  odsCode: string;
  name: string;
}

/** The instance of the present supplier's system that a practice shares with others. */
export interface PlannedInstance {
  id: string;
  /** ODS code of the practice whose migration asks for the extracts of all. */
  requestsBy: string;
  others: InstancePractice[];
  /** What is done here and settles a milestone of another practice's migration. */
  tells: { milestoneId: string; odsCode: string; settles: string }[];
}

/** One shift on the way from the anchor to the due day; `calendarOf` names whose closures count. */
export interface Step extends LeadTime {
  /** `everyone`: no closures but those of everyone. */
  calendarOf: HolderId;
  /** Applied after this step. */
  roll: 'before' | 'after' | 'none';
  /** What this step is, for the explanation: "notice of EMIS", "practice returns the form". */
  why: string;
  source: string;
  /** Which layer gave the number: the id of the rule set or of a layer over it, or `order`. */
  layer: string;
  /** Where a layer or the order gave the number: its key in the origins of the rules, by which what it replaced is found. */
  value?: string;
  assumed: boolean;
  /** Set in a handshake, so that a later iteration can count the same periods forwards. */
  part?: HandshakePart;
}

/** A ladder step with its day and the instant at which it goes out. `atOnce` rungs have neither. */
export interface Rung {
  id: string;
  type: LadderRung['type'];
  to: Audience;
  on?: Day;
  atMs?: number;
}

export interface PlannedMilestone {
  /** `clean-up`, `notify.eps`, `extract.initial.emis.core.1.asked`, `anchor.goLive`, `confirm.goLive`. */
  id: string;
  ruleId: string;
  kind: MilestoneKind;
  title: string;
  action: string;
  section: string;
  source: string;
  holder: HolderId;
  /** The party it is for: recipient of a request, notice or contact. */
  partyId?: string;
  productId?: string;
  siteId?: string;
  /** Set on the hops of an extract handshake. */
  hop?: { extract: ExtractName; iteration: number; name: HopName; handshakeId: string };
  /** It is settled by what is done in the migration of this practice on the same instance: its ODS code. */
  heardFrom?: string;
  /** A request that asks for these practices on the same instance, too. */
  asksFor?: InstancePractice[];
  /**
   * Where counting starts; undated while that anchor is absent. Two exceptions say so in the `why` of their steps: the
   * confirmation of an absent anchor is counted from the order, and the hops of a later iteration from the day it opened.
   */
  anchor: AnchorName;
  /** From the anchor to `dueOn`, in order. Applying them to the anchor's day gives `dueOn`. */
  steps: Step[];
  /** First day of a window or period. */
  opensOn?: Day;
  /** From `anchor`, or the one it opens by, to `opensOn`. */
  opens?: { anchor: AnchorName; steps: Step[] };
  dueOn?: Day;
  /** The anchor is not confirmed yet. */
  provisional: boolean;
  /** Nothing formal goes out before the anchor is confirmed. */
  needsConfirmedDate: boolean;
  /** Milestones that must be settled before this one can be acted on. */
  waitsFor: string[];
  blocks?: 'goLive' | 'finalDataProduction';
  /** How often its days have been counted anew since it was planned; absent for never. Part of the ids of its later rungs. */
  revision?: number;
  /** Counted from the day of this event once it has happened; until then from `anchor`, on whose day it is planned. */
  follows?: FollowedEvent;
  /** The counters that are reported for it. */
  counts?: NonNullable<Rule['counts']>;
  /** Marking it done records this decision. */
  decides?: 'reconciliation';
  /** Waived when this is decided with a "no". */
  restsOn?: 'reconciliation';
  /** What the reader should know beside what to do: the known data issues of this pair of suppliers. */
  advice?: string[];
  ladder: Rung[];
}

/** Something about the plan that a person must know. Errors refuse the start; risks refuse it unless accepted by name. */
export interface Problem {
  severity: 'error' | 'risk' | 'warning';
  code: ProblemCode;
  message: string;
  /** Path in the order file, for the line: ['parties', 2, 'noticePeriod']. */
  path?: (string | number)[];
  milestoneId?: string;
}

/** Days on which an anchor should not lie, first and last inclusive: two days, or two of every year, like `03-15`. */
export interface AnchorBlackout {
  from: string;
  to: string;
  reason: string;
  source: string;
  /** Only these anchors; every one where it is left out. */
  anchors?: AnchorName[];
  /** Set where it is a closure of somebody who has to act on the anchor's own day. */
  holder?: HolderId;
}

/** All that later day arithmetic of this migration needs, without a file or a time-zone database. */
export interface WorkingTime {
  division: Division;
  calendarVersion: string;
  from: Day;
  horizon: Day;
  /** Bank holidays of the division within from..horizon. */
  holidays: { on: Day; title: string }[];
  closures: { holder: HolderId; from: Day; to: Day; reason: string }[];
  /** Days on which an anchor should not lie. Plans made before there were any have none. */
  blackouts?: AnchorBlackout[];
  clock: SendingClock;
  /** Minute of the day at which this migration's mails go out: sendAt plus its own fixed spread. */
  sendAtMinute: number;
  /** Minute of the day after which nothing new goes out. */
  workUntilMinute: number;
}

export interface Plan {
  ruleSet: { id: string; version: string };
  calendar: { id: string; version: string };
  /** The day from which "already passed" was judged. */
  asOf: Day;
  /** 1 at the start; each re-date makes the next. Confirmations and message keys belong to one version. */
  dateVersion: number;
  /** What the migration does beyond its days, see `behaviour.ts`; absent for 1. */
  behaviourVersion?: number;
  /** So many chases of one milestone without an answer, and the CSU is asked to ring instead. Absent: never. */
  callAfterChases?: number;
  /** The same for the parties whose own layer says otherwise; absent where there is none. */
  callAfterChasesOf?: Record<string, number>;
  anchors: Record<AnchorName, PlannedAnchor>;
  milestones: PlannedMilestone[];
  problems: Problem[];
  workingTime: WorkingTime;
  /** Ladders of the hops, for the iterations that a rejected extract opens. */
  hopLadders: Partial<Record<HopName, Ladder>>;
  /** The same for the parties whose own layer has other ladders; absent where there is none. */
  hopLaddersOf?: Record<string, Partial<Record<HopName, Ladder>>>;
  /** By rule: ladders of the milestones that follow an event, to be dated anew when it has happened. */
  followLadders?: Record<string, Ladder>;
  /** What is counted in this migration. */
  counters?: { id: string; title: string; threshold?: number }[];
  /** How something that is added on the way is planned. */
  items?: Record<ItemKind, PlannedItemRule>;
  /** Layers over the rule set, in the order in which they count. */
  layers?: { id: string; version: string }[];
  /** Absent where the practice has its system to itself. */
  sharedInstance?: PlannedInstance;
  /** Last day on which anything is due or sent by this plan. */
  endsOn: Day;
}
