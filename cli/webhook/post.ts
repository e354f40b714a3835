import { Webhook } from 'standardwebhooks';
import { bodyOf, send } from '../client.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** A supplier's event as its system would post it. */
export interface WebhookPost {
  /** Address of the API: `https://leadtime.example.org`. */
  url: string;
  supplierId: string;
  secret: string;
  id: string;
  sentAt: Date;
  body: object;
}

const signer = (secret: string): Webhook => {
  try {
    return new Webhook(secret);
  } catch {
    throw new CommandFailure('The secret is not usable: it should be whsec_ followed by base64.', WRONG_USE);
  }
};

/** Signs an event and posts it. @throws CommandFailure when the secret is no secret, or nobody answers */
export async function postWebhook(post: WebhookPost): Promise<{ status: number; body: unknown }> {
  const { url, supplierId, secret, id, sentAt } = post;
  const body = JSON.stringify(post.body);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
    'webhook-signature': signer(secret).sign(id, sentAt, body),
  };
  const address = `${url.replace(/\/$/, '')}/webhooks/suppliers/${encodeURIComponent(supplierId)}`;
  const response = await send(address, { method: 'POST', headers, body });
  return { status: response.status, body: await bodyOf(response) };
}
