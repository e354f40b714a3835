import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { Environment } from './environment.js';

export type { Logger } from 'pino';

export interface LoggerSettings {
  level: Environment['logLevel'];
  /** For people at a terminal. Default: whether standard error is one. */
  pretty?: boolean;
  /** Default: standard error, because standard output is for data. */
  destination?: DestinationStream;
}

/** Fields that never appear in a log, at any level, on the entry itself or one or two levels inside. */
const SECRETS = ['authorization', 'cookie', 'password', 'secret', 'secrets', 'token', 'signature', 'webhook-signature'];
/** People's addresses: only for somebody who has switched debugging on. */
const PERSONAL = ['email', 'emails', 'mailbox', 'phone', 'recipient', 'recipients'];

const atAnyDepth = (fields: readonly string[]): string[] =>
  fields.flatMap((field) => [`["${field}"]`, `*["${field}"]`, `*.*["${field}"]`]);

const showsAddresses = (level: string): boolean => level === 'debug' || level === 'trace';

const ADDRESS = /[^\s<>"'(),;:@]+@[^\s<>"'(),;:@]+\.[^\s<>"'(),;:@]+/g;
/** A Message-ID has the form of an address, names nobody, and is what one looks for in a log. */
const MESSAGE_ID = /\.[0-9a-f]{20}@/;

/** Takes email addresses out of a free text, like a server's reply or an error message. */
export const withoutAddresses = (text: string): string =>
  text.replace(ADDRESS, (found) => (MESSAGE_ID.test(found) ? found : '[address]'));

/** One JSON object to a line on standard error, or coloured lines at a terminal; secrets never, addresses from debug level on. */
export function createLogger({ level, pretty, destination }: LoggerSettings): Logger {
  const fields = showsAddresses(level) ? SECRETS : [...SECRETS, ...PERSONAL];
  const options: LoggerOptions = {
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: atAnyDepth(fields), censor: '[hidden]' },
    ...(showsAddresses(level) ? {} : { hooks: { streamWrite: withoutAddresses } }),
  };
  const target = destination ?? pino.destination({ dest: 2, sync: true });
  const isPretty = pretty ?? (destination === undefined && process.stderr.isTTY);
  return pino(options, isPretty ? forPeople(target) : target);
}

/** In process rather than in a worker thread, so that nothing is lost when the process ends. */
function forPeople(target: DestinationStream): DestinationStream {
  const colorize = process.stderr.isTTY && !process.env['NO_COLOR'];
  const prettify = prettyFactory({ ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss', colorize });
  return { write: (line) => target.write(prettify(line)) };
}
