import { fileURLToPath } from 'node:url';
import type { Database } from './types.js';

/** One way to reach a database, behind which the two drivers are the same. */
export interface Connection {
  db: Database;
  /** All of the work or none of it. */
  inTransaction<Result>(work: (db: Database) => Promise<Result>): Promise<Result>;
  /** Resolves when the tables are there and the database may be used; cheap once it did. Throws what is in the way. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** The SQL files lie beside this file, in the source and in `dist/`. */
export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));
