import type { SupplierEventAnswer } from './events.js';
import type { MigrationState } from './state.js';

/** What a supplier's word has done. */
export interface Outcome extends Pick<SupplierEventAnswer, 'milestoneId' | 'effect' | 'message'> {
  state: MigrationState;
}
