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
import type { AnchorName } from '../order/anchorNames.js';
import type { ProblemCode } from './problemCodes.js';
import type { Audience, HopName, Ladder, LadderRung, MilestoneKind } from '../ruleset/schema.js';

export type ExtractName = 'initial' | 'final';

/** `practice`, `csu`, or a party's id. Closures and chases go by it; a closure can be of `everyone`. */
export type HolderId = string;

export interface PlannedAnchor {
  status: 'absent' | 'provisional' | 'confirmed';
  on?: Day;
}

/** The periods of an extract handshake, each recorded in the step that spends it. */
export type HandshakePart = 'notice' | 'sendsForm' | 'returnsForm' | 'confirmsForm' | 'schedules';

/** One shift on the way from the anchor to the due day; `calendarOf` names whose closures count. */
export interface Step extends LeadTime {
  /** `everyone`: no closures but those of everyone. */
  calendarOf: HolderId;
  /** Applied after this step. */
  roll: 'before' | 'after' | 'none';
  /** What this step is, for the explanation: "notice of EMIS", "practice returns the form". */
  why: string;
  source: string;
  /** Which layer gave the number. */
  layer: 'ruleSet' | 'order';
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
  /**
   * Where counting starts; undated while that anchor is absent. Two exceptions say so in the `why` of their steps: the
   * confirmation of an absent anchor is counted from the order, and the hops of a later iteration from the day it opened.
   */
  anchor: AnchorName;
  /** From the anchor to `dueOn`, in order. Applying them to the anchor's day gives `dueOn`. */
  steps: Step[];
  /** First day of a window. */
  opensOn?: Day;
  dueOn?: Day;
  /** The anchor is not confirmed yet. */
  provisional: boolean;
  /** Nothing formal goes out before the anchor is confirmed. */
  needsConfirmedDate: boolean;
  /** Milestones that must be settled before this one can be acted on. */
  waitsFor: string[];
  blocks?: 'goLive' | 'finalDataProduction';
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

/** All that later day arithmetic of this migration needs, without a file or a time-zone database. */
export interface WorkingTime {
  division: Division;
  calendarVersion: string;
  from: Day;
  horizon: Day;
  /** Bank holidays of the division within from..horizon. */
  holidays: { on: Day; title: string }[];
  closures: { holder: HolderId; from: Day; to: Day; reason: string }[];
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
  anchors: Record<AnchorName, PlannedAnchor>;
  milestones: PlannedMilestone[];
  problems: Problem[];
  workingTime: WorkingTime;
  /** Ladders of the hops, for the iterations that a rejected extract opens. */
  hopLadders: Partial<Record<HopName, Ladder>>;
  /** Last day on which anything is due or sent by this plan. */
  endsOn: Day;
}
