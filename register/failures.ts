import { RegisterError, RegisterRefusedError, RegisterUnavailableError } from './errors.js';

/**
 * SQLSTATE classes that pass by themselves: 08 connection, 53 out of resources, 55P03 and 57 a lock or an administrator in
 * the way, 58 the server's own machine, 40 a transaction to be tried again, 25006 a standby that is read-only.
 */
const PASSING = /^(?:08|53|57|58|40|55P03|25006)/;

/** Five characters, like 23505; Node's own codes (ECONNREFUSED) are longer. */
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Turns what a driver threw into an error of ours, without the query and its parameters. */
export function registerFailure(thrown: unknown): Error {
  const cause = deepest(thrown);
  if (cause instanceof RegisterError || isBug(cause)) return cause;
  const code = codeOf(cause);
  const reason = cause.message === '' ? (code ?? cause.name) : cause.message;
  // Without an SQLSTATE no server has answered: the network, a pool's deadline, a closed connection.
  if (code === undefined || !SQLSTATE.test(code) || PASSING.test(code)) return new RegisterUnavailableError(reason);
  return new RegisterRefusedError(reason, code);
}

/** Thrown by code of ours, not by a driver: it must not pass for a database that is away. */
function isBug(error: Error): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** The driver's own error lies below the query builder's; below an AggregateError (IPv4 and IPv6) the first one says enough. */
function deepest(thrown: unknown): Error {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return deepest(thrown.errors[0]);
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  return thrown.cause instanceof Error ? deepest(thrown.cause) : thrown;
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
