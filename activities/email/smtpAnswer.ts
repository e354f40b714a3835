/** What a mail server's answer means for the message. */
import { domainToASCII } from 'node:url';
import { withoutAddresses } from '../../config/logger.js';
import { TemporaryFailure, type Delivery } from '../deliver/ports.js';

/** The parts of nodemailer's results and errors that count here. */
export interface SmtpResult {
  accepted?: readonly unknown[] | undefined;
  rejectedErrors?: readonly SmtpError[] | undefined;
}

interface SmtpError {
  message?: string;
  /** `RCPT TO`, `DATA`, `CONN`, … */
  command?: string | undefined;
  code?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

const MAX_DETAIL = 300;
const FIRST_PERMANENT = 500;
/** "Service not available, closing": about the server, not about the message. */
const CLOSING = 421;
/** Bad sequence of commands: about the conversation, not about the message. */
const CONFUSED = 503;

/** Commands whose answer is about this message or its recipient. */
const ABOUT_MESSAGE: readonly (string | undefined)[] = ['RCPT TO', 'DATA'];

/** Failures from before anything of the message was handed over. */
const BEFORE_MESSAGE: readonly (string | undefined)[] = [
  'EDNS',
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ETLS',
  'EPROXY',
  'ECONFIG',
];
const NOT_REACHED = /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|Greeting never received|Connection timeout/;

const words = (error: SmtpError): string =>
  withoutAddresses(error.response ?? error.message ?? 'no reason given')
    .replace(/\s+/g, ' ')
    .slice(0, MAX_DETAIL);

const isAboutMessage = ({ command, responseCode }: SmtpError): boolean =>
  ABOUT_MESSAGE.includes(command) &&
  responseCode !== undefined &&
  responseCode !== CLOSING &&
  responseCode !== CONFUSED;

const isPermanent = (error: SmtpError): boolean =>
  isAboutMessage(error) && error.responseCode !== undefined && error.responseCode >= FIRST_PERMANENT;

function neverArrived(error: SmtpError): boolean {
  return (
    error.responseCode !== undefined || BEFORE_MESSAGE.includes(error.code) || NOT_REACHED.test(error.message ?? '')
  );
}

/** The mail library writes a domain in lower case and in ASCII. */
function isSameAddress(one: string, other: string): boolean {
  const [left, right] = [one, other].map((address) => {
    const at = address.lastIndexOf('@');
    return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
  });
  return left === right;
}

/** The server took the message for somebody; was the addressee among them? */
export function sentTo(email: string, { accepted = [], rejectedErrors = [] }: SmtpResult): Delivery {
  const refusals = rejectedErrors.map(words).join('; ');
  if (accepted.some((address) => typeof address === 'string' && isSameAddress(address, email)))
    return refusals === '' ? { outcome: 'sent' } : copyRefused(refusals);
  // The copies have gone: trying again would send them twice, so a person is told instead, even of a refusal "for now".
  return { outcome: 'undeliverable', detail: `${refusals} (the copies have gone)` };
}

const copyRefused = (refusals: string): Delivery => ({ outcome: 'sent', detail: `a copy was refused: ${refusals}` });

/**
 * The server took the message for nobody.
 *
 * @returns undeliverable, when the recipient or the message was refused for good
 * @throws TemporaryFailure for everything else
 */
export function refusedByAll(thrown: unknown): Delivery {
  const error: SmtpError = thrown instanceof Error ? thrown : { message: String(thrown) };
  if (isPermanent(error)) return { outcome: 'undeliverable', detail: words(error) };
  const reach = isAboutMessage(error) ? 'message' : 'transport';
  throw new TemporaryFailure(`The mail server did not take the message: ${words(error)}`, !neverArrived(error), reach);
}
