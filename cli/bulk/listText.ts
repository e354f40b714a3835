import { bulksAnswer } from '../../api/answers/bulk.js';
import { instant, table } from '../table.js';

/** Operations for people. @param answer of GET /api/bulk */
export function bulksText(answer: unknown): string {
  const { operations } = bulksAnswer.parse(answer);
  if (operations.length === 0) return 'No operations yet. See "leadtime bulk --help".';
  const rows = operations.map(({ bulkId, operation, dryRun, by, askedAtMs, state, total, done, failed }) => [
    instant(askedAtMs),
    dryRun ? `${operation} (dry run)` : operation,
    state,
    String(total),
    String(done),
    String(failed),
    by,
    bulkId,
  ]);
  return table(['Asked for', 'What', 'State', 'Rows', 'Done', 'Failed', 'By', 'Operation'], rows);
}
