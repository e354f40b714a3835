/** Hands mail over to GOV.UK Notify. */
import { setTimeout } from 'node:timers/promises';
import { NotifyClient } from 'notifications-node-client';
import { z } from 'zod';
import { withoutAddresses } from '../../config/logger.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { harmlessText } from '../../rules/text/harmless.js';
import { TemporaryFailure, type Delivery } from '../deliver/ports.js';
import type { Mailer } from './mailer.js';
import type { LinkOfMessage } from './pageLink.js';
import { renderMessage, renderPageLink } from './render.js';

export interface NotifySettings {
  apiKey: string;
  /** A template whose subject is `((subject))` and whose body is `((body))`, and beneath it `((page))`. */
  templateId: string;
  /** The id of the reply-to address in Notify; the service's own unless given. */
  replyToId?: string;
  /** `https://api.notifications.service.gov.uk` */
  baseUrl: string;
}

const ANSWER_WITHIN_MS = 30_000;
const MAX_DETAIL = 300;

/** Statuses of a mail that Notify will not deliver, so that the same reference may be sent again. */
const FAILED: readonly string[] = ['permanent-failure', 'temporary-failure', 'technical-failure'];

/** What Notify answers when it takes no notification. */
const refusalSchema = z.object({ errors: z.array(z.object({ error: z.string(), message: z.string() })) });

/** What the client throws, as far as it counts here. */
const failureSchema = z.object({
  isAxiosError: z.literal(true),
  code: z.string().default('unknown'),
  response: z
    .object({ status: z.int(), data: z.unknown(), headers: z.object({ 'retry-after': z.string().optional() }) })
    .optional(),
});
type Answer = NonNullable<z.infer<typeof failureSchema>['response']>;

/** Refusals that are about the address: no later attempt can succeed. */
const ABOUT_ADDRESS = /email_address|team-only|recipient/i;

/** Failures from before the request was on its way. */
const NOT_REACHED: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const wordsOf = (data: unknown): string => {
  const { data: refusal } = refusalSchema.safeParse(data);
  const words = refusal?.errors.map(({ error, message }) => `${error}: ${message}`).join('; ');
  return harmlessText(withoutAddresses(words ?? 'no reason given')).slice(0, MAX_DETAIL);
};

const DAY_MS = 86_400_000;
const TOO_MANY = 429;
const OVERLOADED = 503;
/** Notify counts requests by the minute. */
const RATE_PERIOD_MS = 60_000;

/** Notify counts the mails of a day, and its days end at midnight UTC. */
const untilMidnightUtc = (nowMs: number): number => DAY_MS - (nowMs % DAY_MS);

/** How long Notify refuses: as it says, in seconds or by a date; else until its day or its minute is over. */
function awayForMs({ status, data, headers }: Answer, nowMs = Date.now()): number | undefined {
  if (status !== TOO_MANY) return undefined;
  const { 'retry-after': given = '' } = headers;
  const saidMs = /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given) - nowMs;
  if (saidMs >= 0) return Math.min(saidMs, DAY_MS);
  return wordsOf(data).includes('TooManyRequestsError') ? untilMidnightUtc(nowMs) : RATE_PERIOD_MS;
}

/** Whether the request that failed would have sent something, or only have looked it up. */
type Step = 'lookUp' | 'send';

/**
 * What a failed request means for the message. A wrong key or template is a matter of the settings: everything waits until they
 * are right, and nothing is lost.
 *
 * @returns undeliverable, when the address is refused for good
 * @throws TemporaryFailure for everything else
 */
function refused(error: unknown, step: Step): Delivery {
  if (error instanceof TemporaryFailure) throw step === 'send' ? error : notTaken(error.message);
  const { data: failure, success } = failureSchema.safeParse(error);
  if (!success) throw error;
  const { response, code } = failure;
  if (response === undefined) {
    const reached = step === 'send' && !NOT_REACHED.includes(code);
    throw (reached ? unanswered : notTaken)(`GOV.UK Notify did not answer (${code}).`);
  }
  const { status } = response;
  const detail = wordsOf(response.data);
  if (status === 400 && ABOUT_ADDRESS.test(detail)) return { outcome: 'undeliverable', detail };
  // Behind the place where a message is kept, something else may have failed; before it, nothing is kept.
  const reached = step === 'send' && status >= 500 && status !== OVERLOADED;
  throw (reached ? unanswered : notTaken)(`GOV.UK Notify answers ${status}: ${detail}`, awayForMs(response));
}

const notTaken = (words: string, awayMs?: number): TemporaryFailure =>
  new TemporaryFailure(words, false, 'transport', { awayForMs: awayMs, repeatsAreKnown: true });

const unanswered = (words: string, awayMs?: number): TemporaryFailure =>
  new TemporaryFailure(words, true, 'transport', { awayForMs: awayMs, repeatsAreKnown: true });

interface Recipient {
  email: string;
  reference: string;
  /** A copy carries no link: that is its addressee's own. */
  isCopy: boolean;
}

/** @param again it may have been taken before */
interface Errand {
  message: OutboundMessage;
  again: boolean;
}

/** One reference for each recipient, the same for each repeat. */
function recipientsOf({ to, cc }: OutboundMessage, messageId: string): Recipient[] {
  const copies = cc.filter(({ email }) => email !== to.email);
  return [to, ...copies].map(({ email }, index) => ({
    email,
    reference: index === 0 ? messageId : `${messageId}/copy-${index}`,
    isCopy: index > 0,
  }));
}

interface Sending extends NotifySettings {
  client: NotifyClient;
  linkOf: LinkOfMessage;
}

/** The client itself would wait for ever. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  const answered = new AbortController();
  const { signal } = answered;
  const tooLate = setTimeout(ANSWER_WITHIN_MS, undefined, { signal }).then(() => {
    throw unanswered('GOV.UK Notify did not answer in time.');
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    answered.abort();
  }
}

async function isKnown({ client }: Sending, reference: string): Promise<boolean> {
  const { data } = await inTime(client.getNotifications('email', undefined, reference));
  return data.notifications.some((each) => each.reference === reference && !FAILED.includes(each.status));
}

async function send(sending: Sending, message: OutboundMessage, to: Recipient) {
  const { client, templateId, replyToId, linkOf } = sending;
  const { subject, text } = renderMessage(message);
  const link = to.isCopy ? undefined : await linkOf(message);
  const sent = client.sendEmail(templateId, to.email, {
    // The link stands apart: what is sanitised loses its addresses.
    personalisation: { subject, body: text, page: link === undefined ? '' : renderPageLink(message, link) },
    reference: to.reference,
    // A name in a mail stays a name, whatever Notify's own mark-up would make of it.
    sanitiseContentFor: ['subject', 'body'],
    ...(replyToId !== undefined && { emailReplyToId: replyToId }),
  });
  await inTime(sent);
}

async function sendOnce(sending: Sending, to: Recipient, { message, again }: Errand): Promise<Delivery> {
  let step: Step = 'lookUp';
  try {
    const known = again && (await isKnown(sending, to.reference));
    step = 'send';
    if (!known) await send(sending, message, to);
    return { outcome: 'sent', certainlyOnce: true };
  } catch (error) {
    return refused(error, step);
  }
}

async function handOver(sending: Sending, recipients: readonly Recipient[], errand: Errand): Promise<Delivery> {
  const outcomes: Delivery[] = [];
  for (const to of recipients) {
    try {
      outcomes.push(await sendOnce(sending, to, errand));
    } catch (error) {
      const isPart = error instanceof TemporaryFailure && outcomes.some(({ outcome }) => outcome === 'sent');
      // One of its mails has been taken: composing it anew for the others would send that one twice.
      throw isPart ? unanswered(error.message, error.also.awayForMs) : error;
    }
  }
  const [first = { outcome: 'sent' as const }, ...copies] = outcomes;
  const refusals = copies.flatMap(({ outcome, detail }) => (outcome === 'sent' ? [] : [detail]));
  if (first.outcome !== 'sent' || refusals.length === 0) return first;
  return { ...first, detail: `a copy was refused: ${refusals.join('; ')}` };
}

/**
 * Sends each recipient one mail, and waits until Notify has taken it.
 *
 * Notify keeps our reference, so a message that may have been taken before is looked up first and not sent again.
 *
 * A refusal of the addressee for good is undeliverable; that of a copy is told in the detail.
 */
export function createNotify(settings: NotifySettings, linkOf: LinkOfMessage = async () => undefined): Mailer {
  const client = new NotifyClient(settings.baseUrl, settings.apiKey);
  const sending: Sending = { ...settings, client, linkOf };
  return {
    send: (message, messageId, again = false) =>
      handOver(sending, recipientsOf(message, messageId), { message, again }),
    check: async () => {
      await client.getTemplateById(settings.templateId);
    },
    close: () => undefined,
  };
}
