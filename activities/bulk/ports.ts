/** What doing many rows needs of the world. */
import type { BulkSettings } from '../../config/bulkSettings.js';
import type { BulkRegister } from '../../register/bulkTypes.js';
import type { ApplyRow } from '../../rules/bulk/ports.js';

/** One attempt at an activity, as the server that runs it tells. */
export interface BulkAttempt {
  /** 1 for the first. */
  attempt: number;
  /** Nothing new may begin: somebody has stopped the operation, the worker shuts down, or another attempt has taken over. */
  isOver: () => boolean;
  /** Somebody has stopped the operation. */
  isStopped: () => boolean;
  heartbeat: (progress: { settled: number }) => void;
}

export interface BulkDependencies {
  register: Pick<
    BulkRegister,
    'findBulk' | 'beginBulk' | 'waitingBulkRows' | 'bulkCounts' | 'keepBulkResults' | 'endBulk'
  >;
  applyRow: ApplyRow;
  settings: BulkSettings;
  currentAttempt: () => BulkAttempt;
  nowMs: () => number;
}
