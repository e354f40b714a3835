import type { BulkRegister } from '../../register/bulkTypes.js';
import type { BulkResult } from '../../rules/bulk/bulk.js';

export interface Results {
  add: (result: BulkResult) => void;
  settled: () => number;
  /** Writes what has been added so far; what could not be written stays for the next time. */
  write: () => Promise<void>;
}

/** Results on their way to the register, several in one go. */
export function createResults(register: Pick<BulkRegister, 'keepBulkResults'>, bulkId: string): Results {
  let pending: BulkResult[] = [];
  let settled = 0;
  let underWay = Promise.resolve();

  const writePending = async (): Promise<void> => {
    const results = pending;
    pending = [];
    try {
      await register.keepBulkResults(bulkId, results);
    } catch (error) {
      pending = [...results, ...pending];
      throw error;
    }
  };
  return {
    add: (result) => {
      pending.push(result);
      settled += 1;
    },
    settled: () => settled,
    write: () => {
      const writing = underWay.then(writePending);
      // Its failure belongs to whoever awaits it; the next one goes on all the same.
      underWay = writing.catch(() => undefined);
      return writing;
    },
  };
}
