/** The API's door to operations that run. Temporal stands behind it; tests put memory there. */
import type { BulkRun } from '../../rules/bulk/ports.js';

export interface BulkRuns {
  /** The first run of an operation. Harmless to repeat. False where Temporal is away. */
  start(run: BulkRun): Promise<boolean>;
  /** One more run, once the one before has closed. False where Temporal is away. */
  startAgain(run: BulkRun): Promise<boolean>;
  /** Undefined where Temporal is away. */
  isRunning(bulkId: string): Promise<boolean | undefined>;
  /** Rows on their way are finished. absent: nothing runs. */
  stop(bulkId: string): Promise<'stopping' | 'absent' | 'away'>;
}
