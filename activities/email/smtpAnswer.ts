/** What a mail server's answer means for the message. */
import { domainToASCII } from 'node:url';
import { withoutAddresses } from '../../config/logger.js';
import { harmlessText } from '../../rules/text/harmless.js';
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

/** "Authentication required", "too weak", "wrong", "needs encryption": about our settings, at whatever command they come. */
const ABOUT_US: readonly number[] = [530, 534, 535, 538];
/** "Exceeded storage allocation": as an answer to the size that MAIL FROM tells, this message is too big. */
const TOO_BIG = 552;

/** Commands whose answer is about this message or its recipient. */
const ABOUT_MESSAGE: readonly (string | undefined)[] = ['RCPT TO', 'DATA'];

/** What the mail library itself finds wrong with a message or its addresses, before it says anything to the server. */
const UNSENDABLE: readonly (string | undefined)[] = ['EENVELOPE', 'EMESSAGE', 'ESTREAM'];

const words = (error: SmtpError): string =>
  harmlessText(withoutAddresses(error.response ?? error.message ?? 'no reason given'))
    .replace(/\s+/g, ' ')
    .slice(0, MAX_DETAIL);

const isAboutServer = (code: number): boolean => code === CLOSING || code === CONFUSED || ABOUT_US.includes(code);

const isTooBig = ({ command, responseCode }: SmtpError): boolean => command === 'MAIL FROM' && responseCode === TOO_BIG;

function isAboutMessage(error: SmtpError): boolean {
  const { command, code, responseCode } = error;
  if (responseCode === undefined) return command === 'API' && UNSENDABLE.includes(code);
  return isTooBig(error) || (ABOUT_MESSAGE.includes(command) && !isAboutServer(responseCode));
}

const isPermanent = (error: SmtpError): boolean =>
  isAboutMessage(error) && (error.responseCode ?? 0) >= FIRST_PERMANENT;

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
 * @param textLeft something of the message's text was on its way; before that no server can have taken it
 * @returns undeliverable, when the recipient or the message was refused for good
 * @throws TemporaryFailure for everything else
 */
export function refusedByAll(thrown: unknown, textLeft: boolean): Delivery {
  const error: SmtpError = thrown instanceof Error ? thrown : { message: String(thrown) };
  if (isPermanent(error)) return { outcome: 'undeliverable', detail: words(error) };
  const reach = isAboutMessage(error) ? 'message' : 'transport';
  // An answer that says no is an answer, whatever had left.
  const mayHaveArrived = textLeft && error.responseCode === undefined;
  throw new TemporaryFailure(`The mail server did not take the message: ${words(error)}`, mayHaveArrived, reach);
}
