/** What can go wrong with the register. None of these carries a query or its parameters: they hold people's names. */

/** What all errors of the register have in common. */
export abstract class RegisterError extends Error {}

/** The database cannot be reached, or broke off: try again later. */
export class RegisterUnavailableError extends RegisterError {
  override readonly name = 'RegisterUnavailableError';

  constructor(readonly reason: string) {
    super(`The register's database cannot be used now: ${reason}`);
  }
}

/** The database answered, and refused: wrong credentials, a missing right, a query that is wrong. Trying again is no use. */
export class RegisterRefusedError extends RegisterError {
  override readonly name = 'RegisterRefusedError';

  constructor(
    readonly reason: string,
    /** SQLSTATE, where there is one. */
    readonly code: string | undefined,
  ) {
    super(`The register's database refused: ${reason}${code === undefined ? '' : ` (${code})`}`);
  }
}

/** Another record stands at this place of the audit: two histories claim the same migration id. Nothing was written. */
export class RegisterConflictError extends RegisterError {
  override readonly name = 'RegisterConflictError';

  constructor(
    readonly migrationId: string,
    readonly seq: number,
  ) {
    super(
      `The audit of ${migrationId} already has another record number ${seq}. Nothing was written: ` +
        'the audit is append-only, so find out which of the two histories is the true one.',
    );
  }
}

/** Another process uses the embedded register. */
export class RegisterLockedError extends RegisterError {
  override readonly name = 'RegisterLockedError';

  constructor(
    readonly folder: string,
    /** The process that holds it, where it is known. */
    readonly pid?: number,
  ) {
    super(
      `The register in ${folder} is in use by ${pid === undefined ? 'another process' : `process ${pid}`}. ` +
        'Stop that one first; for several processes, set DATABASE_URL to a PostgreSQL database.',
    );
  }
}
