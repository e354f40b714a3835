import type { Register } from '../../register/types.js';

/** What these activities need of a logger; pino's is one. */
export interface ErrorLog {
  error(fields: Record<string, unknown>, message: string): void;
}

export interface RegisterActivityDeps {
  register: Pick<Register, 'write'>;
  log: ErrorLog;
  /** How long one write may take, tries and pauses together; 8,000 unless told. */
  patienceMs?: number;
}
