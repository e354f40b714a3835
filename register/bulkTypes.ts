import type {
  BulkCounts,
  BulkOperationName,
  BulkResult,
  BulkRowStatus,
  BulkState,
  RowRange,
} from '../rules/bulk/bulk.js';
import type { AuditDraft } from '../rules/migration/state.js';

/** An operation on many practices, as it is written down before it begins. */
export interface NewBulk {
  bulkId: string;
  operation: BulkOperationName;
  /** It only looks at what would happen. */
  dryRun: boolean;
  by: string;
  askedAtMs: number;
}

export interface BulkOperation extends NewBulk, BulkCounts {
  state: BulkState;
  total: number;
  endedAtMs?: number;
}

/** One practice's share, as it was asked for. */
export interface NewBulkRow {
  /** From 1. */
  row: number;
  /** The line of the file that it came from. */
  line?: number;
  /** A migration id or an ODS code. */
  practice: string;
  /** What of it, in a word: a milestone, a file, days. */
  subject: string;
  /** Everything else that was asked, sealed: it may hold people's names and addresses. */
  request: string;
}

export interface BulkRow extends Omit<NewBulkRow, 'request'> {
  status: BulkRowStatus;
  code?: string;
  detail?: string;
  migrationId?: string;
  atMs?: number;
}

/** A row that is still to be done. */
export interface WaitingBulkRow extends NewBulkRow {
  /** 1 at first; one more each time that a row which was refused is repeated. */
  attempt: number;
  /** The migration that the practice's code meant when this run began; absent where the register knew none. */
  migrationId?: string;
}

export interface BulkRowFilter {
  status?: BulkRowStatus;
  /** Only rows with a higher number; 0 unless told. */
  after?: number;
  /** 1 to 1,000; 100 unless told. */
  limit?: number;
}

/** Operations on many practices: each row is written before anything is done, and has its result afterwards. */
export interface BulkRegister {
  /** Writes an operation, its rows and the record of who asked, all or nothing. Harmless to repeat. */
  addBulk(bulk: NewBulk, rows: readonly NewBulkRow[], audit: AuditDraft): Promise<void>;
  findBulk(bulkId: string): Promise<BulkOperation | undefined>;
  /** The newest first. @param limit at most so many */
  bulks(limit: number): Promise<BulkOperation[]>;
  /** By number. */
  bulkRows(bulkId: string, filter?: BulkRowFilter): Promise<BulkRow[]>;
  /** Settles which migration each waiting row means, once for each run, and gives the numbers of those rows. */
  beginBulk(bulkId: string): Promise<number[]>;
  waitingBulkRows(bulkId: string, range: RowRange): Promise<WaitingBulkRow[]>;
  /** How many rows of a range are how far. */
  bulkCounts(bulkId: string, range?: RowRange): Promise<BulkCounts>;
  /** A result is kept for a row that waits; what is known of any other row stays. */
  keepBulkResults(bulkId: string, results: readonly BulkResult[]): Promise<void>;
  /** Ends a run, once; what was asked of rows that are done is forgotten. `audit` is made of the counts. */
  endBulk(bulkId: string, end: BulkEnd): Promise<BulkCounts>;
  /** Failed rows wait again. False where the operation is not in that state any more: somebody else was first. */
  reopenBulk(bulkId: string, from: BulkState, audit: AuditDraft): Promise<boolean>;
}

export interface BulkEnd {
  state: Extract<BulkState, 'ended' | 'stopped'>;
  atMs: number;
  audit: (counts: BulkCounts) => AuditDraft;
}
