/** Hands mail over to GOV.UK Notify. */
import { setTimeout } from 'node:timers/promises';
import { NotifyClient } from 'notifications-node-client';
import { z } from 'zod';
import { withoutAddresses } from '../../config/logger.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
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
  response: z.object({ status: z.int(), data: z.unknown() }).optional(),
});

/** Refusals that are about the address: no later attempt can succeed. */
const ABOUT_ADDRESS = /email_address|team-only|recipient/i;

/** Failures from before the request was on its way. */
const NOT_REACHED: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const wordsOf = (data: unknown): string => {
  const { data: refusal } = refusalSchema.safeParse(data);
  const words = refusal?.errors.map(({ error, message }) => `${error}: ${message}`).join('; ');
  return withoutAddresses(words ?? 'no reason given').slice(0, MAX_DETAIL);
};

/**
 * What a failed request means for the message. A wrong key or template is a matter of the settings: everything waits until they
 * are right, and nothing is lost.
 *
 * @returns undeliverable, when the address is refused for good
 * @throws TemporaryFailure for everything else
 */
function refused(error: unknown): Delivery {
  const { data: failure, success } = failureSchema.safeParse(error);
  if (!success) throw error;
  const { response, code } = failure;
  if (response === undefined) {
    const reached = !NOT_REACHED.includes(code);
    throw new TemporaryFailure(`GOV.UK Notify did not answer (${code}).`, reached, 'transport');
  }
  const detail = wordsOf(response.data);
  if (response.status === 400 && ABOUT_ADDRESS.test(detail)) return { outcome: 'undeliverable', detail };
  const mayHaveArrived = response.status >= 500;
  throw new TemporaryFailure(`GOV.UK Notify answers ${response.status}: ${detail}`, mayHaveArrived, 'transport');
}

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
    throw new TemporaryFailure('GOV.UK Notify did not answer in time.', true, 'transport');
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
  try {
    if (!again || !(await isKnown(sending, to.reference))) await send(sending, message, to);
    return { outcome: 'sent', certainlyOnce: true };
  } catch (error) {
    return refused(error);
  }
}

async function handOver(sending: Sending, recipients: readonly Recipient[], errand: Errand): Promise<Delivery> {
  const outcomes: Delivery[] = [];
  for (const to of recipients) outcomes.push(await sendOnce(sending, to, errand));
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
