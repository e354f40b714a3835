/** What a page that shows one thing is a picture of, in a word that changes with it. */
import type { Register } from '../../../register/types.js';

export interface LiveRegister {
  show: Register['show'];
  findBulk: Register['findBulk'];
}

/** Another word after every change. */
export const migrationVersion = ({ asOfSeq, status }: { asOfSeq: number; status: string }): string =>
  `${String(asOfSeq)}-${status}`;

export const bulkVersion = ({ state, done, failed }: { state: string; done: number; failed: number }): string =>
  `${state}-${String(done)}-${String(failed)}`;

/** Looks at one thing. Undefined where there is none. */
export type Look = (id: string) => Promise<string | undefined>;

export const lookAtMigration =
  ({ show }: Pick<LiveRegister, 'show'>): Look =>
  async (id) => {
    const known = await show(id);
    return known && migrationVersion(known.migration);
  };

export const lookAtBulk =
  ({ findBulk }: Pick<LiveRegister, 'findBulk'>): Look =>
  async (id) => {
    const known = await findBulk(id);
    return known && bulkVersion(known);
  };
