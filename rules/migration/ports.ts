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
}

export interface DeliverResult {
  outcomes: MessageOutcome[];
  /** False when the register was away: the same records go with the next write. */
  registerWritten: boolean;
}

export interface MigrationActivities {
  planMigration(input: PlanInput): Promise<PlannedMigration>;
  deliverMessages(input: DeliverInput): Promise<DeliverResult>;
  writeRegister(write: RegisterWrite): Promise<{ registerWritten: boolean }>;
}
