/** The activities that a migration calls, as the workflow sees them. `activities/` implements them. */
import type { Order } from '../order/schema.js';
import type { PlannedMigration } from '../plan/planMigration.js';
import type { MessageOutcome, OutboundMessage } from './messages.js';
import type { ChainHead, RegisterWrite } from './records.js';

export interface PlanInput {
  order: Order;
  /** `YYYY-MM-DD`: the day from which "already passed" is judged. */
  asOf: string;
  migrationId: string;
}

export interface DeliverInput {
  messages: OutboundMessage[];
  /** What was queued before this wake, plus the rows as they stand once all messages are sent. */
  write: RegisterWrite;
  /** Chain head after `write.audit`; the records of these sends are sealed behind it. */
  head: ChainHead;
  /** Virtual now, in a rehearsal; the instant that the sends are recorded at. */
  atMs: number;
  /** Keys of messages that earlier deliveries handed over without an answer, once for each time. Absent: none. */
  inDoubt?: string[];
  /** How long to go on trying while mail cannot leave, before the rest is put off; the usual time unless given. */
  patienceMs?: number;
}

/** Mail could not leave: every message without an outcome has to wait. */
export interface Deferral {
  /** What stood in the way, in the words of the other side; never an address. */
  reason: string;
  /** How long it will stay so, where the other side has said. */
  awayForMs?: number;
  /** Of the messages without an outcome, those that may have arrived: once for each time they were handed over. */
  inDoubt: string[];
}

export interface RegisterResult {
  /** False when the register was away: the same records go with the next write. */
  registerWritten: boolean;
  /**
   * Where the chain ends in the register now: what comes next is sealed behind it, whatever a replay makes of the records before.
   * Absent where no record was written, and in histories from before it was told.
   */
  head?: ChainHead;
}

export interface DeliverResult extends RegisterResult {
  outcomes: MessageOutcome[];
  /** Absent, as in all histories from before there was deferring: every message has its outcome. */
  deferred?: Deferral;
}

export interface MigrationActivities {
  planMigration(input: PlanInput): Promise<PlannedMigration>;
  deliverMessages(input: DeliverInput): Promise<DeliverResult>;
  writeRegister(write: RegisterWrite): Promise<RegisterResult>;
}
