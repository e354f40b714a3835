import { Webhook } from 'standardwebhooks';
import type { IncomingHttpHeaders } from 'node:http';

/** Used for suppliers that have no secret, so that an unknown supplier takes as long to refuse as a wrong signature. */
const NOBODYS_SECRET = Buffer.from('no supplier signs with this secret').toString('base64');

const single = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? value.join(' ') : (value ?? '');

const signedHeaders = (headers: IncomingHttpHeaders): Record<string, string> => ({
  'webhook-id': single(headers['webhook-id']),
  'webhook-timestamp': single(headers['webhook-timestamp']),
  'webhook-signature': single(headers['webhook-signature']),
});

const matches = (secret: string, body: Buffer, headers: Record<string, string>): boolean => {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    // The library throws for each reason alike, and the answer is the same for each.
    return false;
  }
};

/** Whether any of the supplier's secrets signed exactly these bytes, not more than five minutes ago or ahead. */
export function isSigned(secrets: readonly string[], body: Buffer, headers: IncomingHttpHeaders): boolean {
  const tried = secrets.length === 0 ? [NOBODYS_SECRET] : secrets;
  const verdicts = tried.map((secret) => matches(secret, body, signedHeaders(headers)));
  return secrets.length > 0 && verdicts.includes(true);
}
