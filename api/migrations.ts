/** The API's door to running migrations. Temporal stands behind it; tests put memory there. */
import type {
  BounceReport,
  ContactAmendment,
  CountsReport,
  DecisionReport,
  DoneReport,
  HelpRequest,
  ItemReport,
  LinkRevocation,
  SlipAcknowledgement,
  Rejection,
  SupplierEvent,
  SupplierEventAnswer,
} from '../rules/migration/events.js';
import type { MigrationCalendar } from '../rules/calendarEntries/ofMigration.js';
import type { MigrationPage, PageRole } from '../rules/migration/page.js';
import type { ChainHead } from '../rules/migration/records.js';
import type { Redate } from '../rules/migration/redate/redate.js';
import type { TimelineEntry } from '../rules/migration/timeline.js';
import type { Order } from '../rules/order/schema.js';
import { workflowIdOf, workflowIdOfPractice } from '../workflows/migration/ids.js';
import type {
  ArmedAnswer,
  CancelRequest,
  CountsAnswer,
  DecisionAnswer,
  HoldAnswer,
  ItemAnswer,
  MilestoneAnswer,
  PlanningAnswer,
  RedateAnswer,
  WaiveRequest,
} from '../workflows/migration/messages.js';

/**
 * What came of asking a migration something.
 *
 * answered: it is in history. rejected: refused from the closed list, at no cost. absent: no such migration is running.
 * unavailable: nobody answered in time, or something failed that the asker cannot mend; it may still have happened.
 */
export type Outcome<Answer> =
  | { kind: 'answered'; answer: Answer }
  | { kind: 'rejected'; rejection: Rejection }
  | { kind: 'absent'; state: 'unknown' | 'closed'; detail: string }
  | { kind: 'unavailable'; detail: string };

/** Whom a supplier means: the practice's running migration, or one migration by id. */
export type MigrationTarget = { odsCode: string } | { migrationId: string };

/** The workflow that a target means. An id that is none names a workflow that cannot exist. */
export const workflowIdOfTarget = (target: MigrationTarget): string =>
  'odsCode' in target ? workflowIdOfPractice(target.odsCode) : (workflowIdOf(target.migrationId) ?? target.migrationId);

export interface StartMigration {
  migrationId: string;
  order: Order;
  /** `YYYY-MM-DD`: the day from which "already passed" is judged. */
  asOf: string;
  rehearsal?: { speed: number };
}

export type StartOutcome =
  | { kind: 'started'; migrationId: string; workflowId: string }
  | { kind: 'alreadyRunning'; runningMigrationId: string }
  | { kind: 'unavailable'; detail: string };

/** An operator's word on one migration. `requestId` makes a repeat harmless: it gets the first answer. */
export interface OperatorRequest<Payload> {
  target: MigrationTarget;
  requestId: string;
  payload: Payload;
}

export interface Migrations {
  /** Idempotent by migration id: starting the same one again is a success without effect. */
  start(command: StartMigration): Promise<StartOutcome>;
  /** Idempotent by `event.webhookId`, which must be unique over all suppliers. */
  sendSupplierEvent(target: MigrationTarget, event: SupplierEvent): Promise<Outcome<SupplierEventAnswer>>;
  done(request: OperatorRequest<DoneReport>): Promise<Outcome<MilestoneAnswer>>;
  waive(request: OperatorRequest<WaiveRequest>): Promise<Outcome<MilestoneAnswer>>;
  acknowledgeSlip(request: OperatorRequest<SlipAcknowledgement>): Promise<Outcome<MilestoneAnswer>>;
  cancel(request: OperatorRequest<CancelRequest>): Promise<Outcome<{ status: 'cancelled' }>>;
  reportCounts(request: OperatorRequest<CountsReport>): Promise<Outcome<CountsAnswer>>;
  decide(request: OperatorRequest<DecisionReport>): Promise<Outcome<DecisionAnswer>>;
  addItem(request: OperatorRequest<ItemReport>): Promise<Outcome<ItemAnswer>>;
  /** A mail that had left came back. Once for each message, however often it is reported. */
  reportBounce(request: OperatorRequest<BounceReport>): Promise<Outcome<MilestoneAnswer>>;
  /** Nothing is sent, and nothing becomes later, until its days are said anew. */
  hold(request: OperatorRequest<CancelRequest>): Promise<Outcome<HoldAnswer>>;
  /** Moves days, with the plan that was made for them against one version. */
  redate(request: OperatorRequest<Redate>): Promise<Outcome<RedateAnswer>>;
  amendContact(request: OperatorRequest<ContactAmendment>): Promise<Outcome<{ target: string }>>;
  askHelp(request: OperatorRequest<HelpRequest>): Promise<Outcome<{ milestoneId: string }>>;
  revokeLinks(request: OperatorRequest<LinkRevocation>): Promise<Outcome<{ role: string; generation: number }>>;
  /** What one role sees; undefined where nobody has a page in it. Also of a closed migration, like the timeline. */
  page(target: MigrationTarget, role: PageRole): Promise<Outcome<MigrationPage | undefined>>;
  /** What it waits for, as it says itself. Of a closed migration too, like the timeline. */
  armed(target: MigrationTarget): Promise<Outcome<ArmedAnswer>>;
  /** What a plan for other days is made from. Of a closed migration too, like the timeline. */
  planning(target: MigrationTarget): Promise<Outcome<PlanningAnswer>>;
  /** The ids of all that run, rehearsals too, in order. */
  running(): Promise<Outcome<string[]>>;
  /** The days of one role, for their calendar; of a closed migration too, like the page. */
  calendar(target: MigrationTarget, role: PageRole): Promise<Outcome<MigrationCalendar | undefined>>;
  /** The end of the audit's chain that the register has acknowledged. Of a closed migration too, like the timeline. */
  auditHead(target: MigrationTarget): Promise<Outcome<ChainHead>>;
  /** Also of a migration that has closed, while Temporal keeps its history. */
  timeline(target: MigrationTarget): Promise<Outcome<TimelineEntry[]>>;
}
