import { Webhook } from 'standardwebhooks';
import { messageId } from '../email/render.js';
import type { OutboundMessage } from '../../rules/migration/messages.js';
import { post, type PostAnswer } from './post.js';
import { TemporaryFailure, type Delivery, type HandOver } from './ports.js';

export interface SignedWebhook {
  url: string;
  /** The same for each repeat, so that the receiver can tell one. Holds no full stop. */
  id: string;
  body: string;
  /** `whsec_…` */
  secret: string;
  at: Date;
  /** Development only: http, and addresses in private networks. */
  toPrivateNetworks: boolean;
}

/** Answers that ask to come back, though they are of the kind that says no. */
const COME_BACK: readonly number[] = [408, 425, 429];

function verdict({ status }: PostAnswer): Delivery {
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (status >= 300 && status < 400)
    return {
      outcome: 'undeliverable',
      detail: `the address answers ${status}, a redirect; redirects are not followed`,
    };
  const isRefused = status >= 400 && status < 500 && !COME_BACK.includes(status);
  if (isRefused) return { outcome: 'undeliverable', detail: `the address answers ${status}` };
  throw new TemporaryFailure(`The webhook's address answers ${status}.`, false, 'message');
}

/**
 * Posts one signed webhook (Standard Webhooks) and waits for the answer.
 *
 * @returns sent for 2xx; undeliverable for other answers that will not change, and for an address that may not be posted to
 * @throws TemporaryFailure when another attempt may succeed
 */
export async function postSignedWebhook(webhook: SignedWebhook): Promise<Delivery> {
  const { url, id, body, secret, at, toPrivateNetworks } = webhook;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
  const answer = await post({ url, headers, body, toPrivateNetworks });
  return answer.kind === 'refused' ? { outcome: 'undeliverable', detail: answer.reason } : verdict(answer);
}

/** What a party's system is told. Published: fields may be added, never renamed. */
export function webhookBody({ kind, about, items }: OutboundMessage, at: Date): string {
  const { migrationId, odsCode, practiceName, csu, dateVersion, provisional } = about;
  const { initialDataProduction, finalDataProduction, goLive } = about;
  const days = { initialDataProduction, finalDataProduction, goLive, provisional, dateVersion };
  const told = items.map(({ milestoneId, title, action, dueOn, statedDate, asksFor }) => ({
    milestoneId,
    title,
    action,
    dueOn,
    statedDate,
    ...(asksFor && { alsoFor: asksFor }),
  }));
  const data = { migrationId, odsCode, practiceName, csu, days, items: told };
  return JSON.stringify({ type: `migration.${kind}`, timestamp: at.toISOString(), data });
}

export interface WebhookSettings {
  /** The newest secret shared with a party; undefined where there is none. */
  secretOf: (partyId: string) => Promise<string | undefined>;
  toPrivateNetworks: boolean;
}

const webhookIdOf = (message: OutboundMessage): string => (messageId(message).split('@')[0] ?? '').replaceAll('.', '_');

/** Hands messages over to the systems of parties that have a webhook. */
export function createWebhooks({ secretOf, toPrivateNetworks }: WebhookSettings): HandOver {
  return async (message) => {
    const { webhookUrl: url, partyId } = message;
    const secret = partyId === undefined ? undefined : await secretOf(partyId);
    if (url === undefined) return { outcome: 'undeliverable', detail: 'the party has no webhook address' };
    if (secret === undefined) return { outcome: 'undeliverable', detail: 'no webhook secret is shared with the party' };
    const at = new Date();
    return postSignedWebhook({
      url,
      id: webhookIdOf(message),
      body: webhookBody(message, at),
      secret,
      at,
      toPrivateNetworks,
    });
  };
}
