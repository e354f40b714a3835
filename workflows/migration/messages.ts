/** What can be said to and asked of a running migration. The API imports this file, never the workflow. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Order } from '../../rules/order/schema.js';
import type {
  BounceReport,
  ContactAmendment,
  CountsReport,
  DecisionReport,
  DoneReport,
  HelpRequest,
  InstanceWord,
  ItemReport,
  LinkRevocation,
  SlipAcknowledgement,
  SupplierEvent,
  SupplierEventAnswer,
} from '../../rules/migration/events.js';
import type { MigrationCalendar } from '../../rules/calendarEntries/ofMigration.js';
import type { CountTrend } from '../../rules/migration/messages.js';
import type { MigrationPage, PageRole } from '../../rules/migration/page.js';
import type { ChainHead } from '../../rules/migration/records.js';
import type { Redate } from '../../rules/migration/redate/redate.js';
import type { MigrationState, MilestoneStatus } from '../../rules/migration/state.js';
import type { TimelineEntry } from '../../rules/migration/timeline.js';
import type { Plan } from '../../rules/plan/types.js';
import type { ClockState } from './clock.js';
import type { RegisterQueue } from './registerQueue.js';

/** The workflow type's name on the wire. */
export const migrationWorkflowType = 'migration';
export const migrationTaskQueue = 'practice-migration';
/** Deployment name for worker versioning. */
export const migrationDeploymentName = 'leadtime';

export interface MigrationInput {
  migrationId: string;
  order: Order;
  /** `YYYY-MM-DD`: the day from which "already passed" is judged, and on which a rehearsal begins. */
  asOf: string;
  /** A rehearsal: how many milliseconds of the migration pass in one of ours. */
  rehearsal?: { speed: number };
  /** Set when a long run continues as a new one. */
  carried?: CarriedMigration;
}

/** Everything that a continued run takes with it. */
export interface CarriedMigration {
  state: MigrationState;
  queue: RegisterQueue;
  clock: ClockState;
}

export interface MilestoneAnswer {
  milestoneId: string;
  status: MilestoneStatus;
}

export interface DecisionAnswer extends MilestoneAnswer {
  /** Milestones that rest on the decision, as they stand after it. */
  resting: MilestoneAnswer[];
}

/** Every counter that has been reported, after this report. */
export interface CountsAnswer {
  counts: CountTrend[];
}

export interface ItemAnswer extends MilestoneAnswer {
  dueOn?: string;
}

export interface WaiveRequest {
  milestoneId: string;
  by: string;
  reason: string;
}

export interface CancelRequest {
  by: string;
  reason: string;
}

/** How the days stand once they have moved. */
export interface RedateAnswer {
  migrationId: string;
  /** One more than before. */
  dateVersion: number;
  anchors: Plan['anchors'];
}

export interface HoldAnswer {
  migrationId: string;
  /** Since when. */
  on: string;
}

// Updates, not signals: each sender needs to know whether it was taken, and a refusal must cost no history.
export const supplierEventUpdate = defineUpdate<SupplierEventAnswer, [SupplierEvent]>('supplierEvent');
export const doneUpdate = defineUpdate<MilestoneAnswer, [DoneReport]>('done');
export const waiveUpdate = defineUpdate<MilestoneAnswer, [WaiveRequest]>('waive');
export const cancelUpdate = defineUpdate<{ status: 'cancelled' }, [CancelRequest]>('cancel');
export const reportCountsUpdate = defineUpdate<CountsAnswer, [CountsReport]>('reportCounts');
export const decideUpdate = defineUpdate<DecisionAnswer, [DecisionReport]>('decide');
export const addItemUpdate = defineUpdate<ItemAnswer, [ItemReport]>('addItem');
export const askHelpUpdate = defineUpdate<{ milestoneId: string }, [HelpRequest]>('askHelp');
export const revokeLinksUpdate = defineUpdate<{ role: string; generation: number }, [LinkRevocation]>('revokeLinks');
export const acknowledgeSlipUpdate = defineUpdate<MilestoneAnswer, [SlipAcknowledgement]>('acknowledgeSlip');
export const reportBounceUpdate = defineUpdate<MilestoneAnswer, [BounceReport]>('reportBounce');
export const holdUpdate = defineUpdate<HoldAnswer, [CancelRequest]>('hold');
/** The plan travels with it: a migration plans nothing by itself. */
export const redateUpdate = defineUpdate<RedateAnswer, [Redate]>('redate');
export const amendContactUpdate = defineUpdate<{ target: string }, [ContactAmendment]>('amendContact');

/** From the migration of another practice on the same instance. */
export const instanceSignal = defineSignal<[InstanceWord]>('instance');

/** What a migration waits for, all of one moment. */
export interface ArmedAnswer {
  state: MigrationState;
  /** The migration's own now. */
  nowMs: number;
  /** How many messages are due at it. */
  due: number;
  /** The next wake, as the rules have it; absent where nothing is to come. */
  nextWakeAtMs?: number;
  /** The wake that the timer waits for; absent while something is being done. */
  armedWakeAtMs?: number;
  /** The instant of the wall clock at which that wake comes. */
  armedRealMs?: number;
}

/** What a plan for other days is made from. */
export interface PlanningAnswer {
  state: MigrationState;
  /** What the migration was started with, or was amended to last. */
  order: Order;
  /** The migration's own now. */
  nowMs: number;
}

export const stateQuery = defineQuery<MigrationState>('state');
/** @param realNowMs as of `armedQuery` */
export const planningQuery = defineQuery<PlanningAnswer, [realNowMs: number]>('planning');
/** @param realNowMs the asker's wall clock: inside a query ours stands at the last thing that happened */
export const armedQuery = defineQuery<ArmedAnswer, [realNowMs: number]>('armed');
/** The page of one role; undefined where nobody has a page in that role. `realNowMs` as above; absent from older askers. */
export const pageQuery = defineQuery<MigrationPage | undefined, [role: PageRole, realNowMs?: number]>('page');
/** The end of the audit's chain that the register has acknowledged: a tail that is cut off there shows. */
export const auditHeadQuery = defineQuery<ChainHead>('auditHead');
/** The calendar of one role; undefined where nobody has a page in that role. */
export const calendarQuery = defineQuery<MigrationCalendar | undefined, [PageRole]>('calendar');
export const timelineQuery = defineQuery<TimelineEntry[]>('timeline');
